using System.Buffers.Binary;
using System.IO.Compression;
using Sonde.Data.Fetching;

namespace Sonde.Data.Arrays;

/// <summary>An IDX file of unsigned bytes: a magic number, the dimensions, the values. Plain or gzipped on reading, plain on writing.</summary>
/// <remarks>Magic: two zero bytes, 8 for unsigned bytes, the number of dimensions; then each dimension as a big-endian 32-bit integer.
/// Source: [LeCun1998].</remarks>
public sealed class IdxFile
{
    private const int UnsignedBytes = 8;

    // No gzip stream unpacks to more than 1032 times its size, so a larger announcement is a broken header, not a reason to allocate.
    private const long LargestGzipRatio = 1032;

    private static readonly Dictionary<byte, string> OtherTypes = new()
    {
        [0x09] = "signed bytes", [0x0B] = "2-byte integers", [0x0C] = "4-byte integers", [0x0D] = "4-byte floats", [0x0E] = "8-byte floats",
    };

    private IdxFile(string path, int[] dimensions, byte[] values) => (Path, Dimensions, Values) = (path, dimensions, values);

    /// <summary>Where it was read from.</summary>
    public string Path { get; }

    /// <summary>Its dimensions, the first of them the number of items.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>The product of all dimensions, row major.</summary>
    public byte[] Values { get; }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file; its first two bytes, not its name, say whether it is gzipped.</param>
    /// <param name="dimensions">The accepted numbers of dimensions: 1 for labels, 3 or 4 for images.</param>
    /// <exception cref="DataException">It is missing, not an IDX file of bytes, too short or too long, or has other dimensions.</exception>
    public static IdxFile Read(string path, params ReadOnlySpan<int> dimensions)
    {
        DataFile.CheckRegular(path);
        try
        {
            using var file = File.OpenRead(path);
            var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            using Stream content = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
            var read = Read(path, content, isGzip ? file.Length * LargestGzipRatio : file.Length, dimensions);
            if (isGzip)
                CheckGzipEnd(path, file, read);
            return read;
        }
        catch (InvalidDataException error)
        {
            // .NET calls a wrong checksum an unsupported compression method.
            throw new DataException($"{path}: expected an intact gzip file, found one whose data or checksum are wrong. Fetch or pack it again.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: expected a file that can be read, found that it cannot ({error.Message.TrimEnd('.')}). Correct the path or its "
                + "permissions.", error);
        }
    }

    /// <summary>Writes a file: header, then values; it has another name until it is complete.</summary>
    /// <param name="path">The file to write or replace.</param>
    /// <param name="values">The product of the dimensions.</param>
    /// <param name="dimensions">The first is the number of items.</param>
    /// <exception cref="ArgumentException">The values do not fill the dimensions.</exception>
    /// <exception cref="IOException">The disk is full, or the file cannot be written; no part of it is left.</exception>
    public static void Write(string path, ReadOnlySpan<byte> values, params ReadOnlySpan<int> dimensions)
    {
        long product = 1;
        foreach (var dimension in dimensions)
            product *= dimension;
        if (product != values.Length)
            throw new ArgumentException($"Expected {product} values for dimensions {string.Join('x', dimensions.ToArray())}, got {values.Length}. Pass both of "
                + "one array.");
        var header = HeaderOf(dimensions.ToArray());
        var unfinished = path + ".part";
        try
        {
            using (var file = File.Create(unfinished))
            {
                file.Write(header);
                file.Write(values);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    // The last bytes of the whole content; most of them are values.
    private static uint ChecksumOfLast(IdxFile read, int count) => count <= read.Values.Length
        ? Crc32.Compute(read.Values.AsSpan(read.Values.Length - count))
        : Crc32.Compute([.. HeaderOf(read.Dimensions)[^(count - read.Values.Length)..], .. read.Values]);

    private static byte[] HeaderOf(IReadOnlyList<int> dimensions)
    {
        var header = new byte[4 + 4 * dimensions.Count];
        (header[2], header[3]) = (UnsignedBytes, (byte)dimensions.Count);
        for (var i = 0; i < dimensions.Count; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), dimensions[i]);
        return header;
    }

    // A gzip file ends with the checksum and the length of its last member. The unpacker does not miss an end that was cut off once it has all
    // values, but then they are not compared with their checksum either.
    private static void CheckGzipEnd(string path, FileStream file, IdxFile read)
    {
        var end = new byte[8];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        var (checksum, said) = (BinaryPrimitives.ReadUInt32LittleEndian(end), BinaryPrimitives.ReadInt32LittleEndian(end.AsSpan(4)));
        var unpacked = 4 + 4 * read.Dimensions.Count + read.Values.Length;
        // A file of several members, as two gzip files one after the other make, ends with the last one's.
        var isLastMember = said > 0 && said < unpacked && ChecksumOfLast(read, said) == checksum;
        if (said != unpacked && !isLastMember)
            throw new DataException(path, $"a gzip file that ends with its unpacked length, {unpacked}", $"{said}",
                "The file is cut short, or other bytes follow: fetch it again.");
    }

    // What a magic number says, in words.
    private static string Meaning(byte[] magic, ReadOnlySpan<int> welcome) => magic[0] != 0 || magic[1] != 0 ? ""
        : OtherTypes.TryGetValue(magic[2], out var type) ? $", which is an IDX file of {type}"
        : magic[2] == UnsignedBytes && !welcome.Contains(magic[3]) ? $", which has {magic[3]} {(magic[3] == 1 ? "dimension" : "dimensions")}" : "";

    private static IdxFile Read(string path, Stream content, long most, ReadOnlySpan<int> welcome)
    {
        var magic = new byte[4];
        var got = content.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (got < magic.Length || magic[0] != 0 || magic[1] != 0 || magic[2] != UnsignedBytes || !welcome.Contains(magic[3]))
            throw new DataException(path,
                $"the magic number {string.Join(" or ", welcome.ToArray().Select(d => $"0x{0x0800 + d:x8}"))} of an IDX file of unsigned bytes",
                got < magic.Length ? $"{got} bytes in all" : $"0x{Convert.ToHexStringLower(magic)}{Meaning(magic, welcome)}",
                magic[0] == 0 && magic[1] == 0 && OtherTypes.ContainsKey(magic[2])
                    ? "Scale the values to 0..255 and save them as bytes, or save them as they are with numpy.save."
                    : "Use the right file, or fetch it again.");

        var sizes = new int[magic[3]];
        var header = new byte[4 * sizes.Length];
        got = content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (got < header.Length)
            throw new DataException(path, $"{header.Length} bytes of dimensions", $"{got}", "The file is cut short: fetch it again.");
        decimal product = 1;
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 * i));
            product *= sizes[i];
            if (sizes[i] <= 0)
                throw new DataException(path, "dimensions of 1 or more", $"{sizes[i]} as dimension {i + 1}", "The header is broken: fetch it again.");
            product = Math.Min(product, long.MaxValue);
        }

        var announced = $"{string.Join('x', sizes)} = {product} values";
        if (product > most || product > Array.MaxLength)
            throw new DataException(path, announced, $"a file that cannot hold more than {most} bytes",
                "It is cut short or its header is broken: fetch it again.");
        DataFile.CheckExampleSize(path, sizes);
        DataFile.CheckMemory(path, (long)product * 2, announced);
        var values = new byte[(int)product];
        got = content.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (got < values.Length)
            throw new DataException(path, announced, $"{got}", "The file is cut short: fetch it again.");
        if (content.ReadByte() >= 0)
            throw new DataException(path, announced, "more bytes after them", "The header or the file is broken: fetch it again.");
        return new(path, sizes, values);
    }
}
