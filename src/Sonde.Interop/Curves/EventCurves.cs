using System.Buffers.Binary;
using System.Numerics;
using Sonde.Interop.Tensors;

namespace Sonde.Interop.Curves;

/// <summary>Reads TensorBoard's event files: records of a length, its checksum, an event and its checksum. Source: [TensorBoard2015].</summary>
internal static class EventCurves
{
    private const string Pattern = "*tfevents*";
    private const int LengthBytes = sizeof(ulong), ChecksumBytes = sizeof(uint), MostBytes = 1 << 28;

    /// <summary>Returns the event files of a folder and of those below it, in order of their names.</summary>
    public static IReadOnlyList<string> In(string directory) =>
        [.. Directory.EnumerateFiles(directory, Pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>True if a file is called like an event file.</summary>
    public static bool IsName(string path) => Path.GetFileName(path).Contains("tfevents", StringComparison.Ordinal);

    /// <summary>Reads all scalars of some files. A file in a folder <c>train</c> or <c>validation</c> holds the curves of those examples.</summary>
    /// <param name="root">The folder or file that the user named, for messages.</param>
    /// <param name="paths">The files.</param>
    /// <exception cref="InteropException">A file is none of TensorBoard's, or there is no curve of costs or errors.</exception>
    public static ForeignCurves Read(string root, IReadOnlyList<string> paths)
    {
        var curves = new ForeignCurves();
        foreach (var path in paths)
            ReadFile(path, Path.GetRelativePath(root, Path.GetDirectoryName(path)!) is var run && run.StartsWith('.') ? "" : $"{run}/", curves);
        if (curves.RunsLeftOut is { Count: > 0 } others)
            curves.Note($"{root} holds several trainings, and one trial has the curves of one. Name the folder of each to have them all, such as "
                + $"{Path.TrimEndingDirectorySeparator(Path.Combine(root, others[0]))}.");
        return curves.OrThrow(root, "scalars");
    }

    private static void ReadFile(string path, string run, ForeignCurves curves)
    {
        var split = CurveName.FindSplit(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)))!) ?? "train";
        var content = File.ReadAllBytes(path).AsSpan();
        for (var at = 0; at < content.Length;)
        {
            if (FindRecord(content[at..], path, at, out var isDamaged) is not { } length)
            {
                curves.Note(isDamaged
                    ? $"The record at byte {at} of {Path.GetFileName(path)} is damaged; what comes before it is taken. Copy the file again to have the rest."
                    : $"The last record of {Path.GetFileName(path)} is cut, as in a file that is still written; what comes before it is taken.");
                return;
            }
            ReadEvent(content.Slice(at + LengthBytes + ChecksumBytes, length), path, run, split, curves);
            at += LengthBytes + ChecksumBytes + length + ChecksumBytes;
        }
    }

    /// <summary>Finds the length of the record at the beginning; null if it is cut or damaged. A file whose first record is damaged is none.</summary>
    private static int? FindRecord(ReadOnlySpan<byte> rest, string path, int at, out bool isDamaged)
    {
        isDamaged = false;
        if (rest.Length < LengthBytes + ChecksumBytes)
            return null;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(rest);
        if (Checksum(rest[..LengthBytes]) != BinaryPrimitives.ReadUInt32LittleEndian(rest[LengthBytes..]) || length > MostBytes)
            return Damaged("record", "damaged, or none of TensorBoard's", out isDamaged);
        if ((ulong)rest.Length < LengthBytes + ChecksumBytes + length + ChecksumBytes)
            return null;
        var data = rest.Slice(LengthBytes + ChecksumBytes, (int)length);
        return Checksum(data) == BinaryPrimitives.ReadUInt32LittleEndian(rest[(LengthBytes + ChecksumBytes + (int)length)..]) ? (int)length
            : Damaged("event", "damaged", out isDamaged);

        int? Damaged(string what, string how, out bool isDamaged) => (isDamaged = at > 0) ? null
            : throw new InteropException($"{path}: the {what} at byte {at} has a wrong checksum. The file is {how}: copy it again.");
    }

    private static void ReadEvent(ReadOnlySpan<byte> data, string path, string run, string split, ForeignCurves curves)
    {
        var (step, isStart) = (0L, false);
        var summary = default(ReadOnlySpan<byte>);
        var fields = new ProtobufReader(data, path);
        while (fields.TryRead())
            if (fields.Field == 2)
                step = fields.Whole;
            else if (fields is { Field: 5, HasBytes: true })
                summary = fields.Bytes;
            else if (fields is { Field: 7, HasBytes: true })
                isStart = IsStart(fields.Bytes, path);
        // A program that continues at a checkpoint says so: what was logged after that checkpoint is void.
        if (isStart && step > 0)
            curves.Forget(run, step);
        var values = new ProtobufReader(summary, path);
        while (values.TryRead())
            if (values is { Field: 1, HasBytes: true })
                ReadValue(values.Bytes, path, run, split, step, curves);
    }

    private static bool IsStart(ReadOnlySpan<byte> session, string path)
    {
        var fields = new ProtobufReader(session, path);
        while (fields.TryRead())
            if (fields is { Field: 1, Whole: 1 })
                return true;
        return false;
    }

    private static void ReadValue(ReadOnlySpan<byte> data, string path, string run, string split, long step, ForeignCurves curves)
    {
        var (tag, value) = ("", (double?)null);
        var fields = new ProtobufReader(data, path);
        while (fields.TryRead())
            switch (fields.Field)
            {
                case 1:
                    tag = fields.Text;
                    break;
                case 2:
                    value = fields.Single;
                    break;
                case 8:
                    value = FindScalar(fields.Bytes, path);
                    break;
            }
        // Keras logs what an epoch's validation ends with twice, once by updates; one curve cannot be counted in both.
        if (tag.EndsWith("_vs_iterations", StringComparison.Ordinal))
            curves.Note($"The curve {tag} is left out: Keras logs the same numbers by epochs.");
        else if (value is { } number && step >= 0)
            curves.TryAdd(tag, split, step, number, run);
    }

    /// <summary>Reads a tensor of one value; null for others, such as text and pictures.</summary>
    private static double? FindScalar(ReadOnlySpan<byte> data, string path)
    {
        var (type, value, isOne) = (0L, (double?)null, true);
        var content = default(ReadOnlySpan<byte>);
        var fields = new ProtobufReader(data, path);
        while (fields.TryRead())
            switch (fields.Field)
            {
                case 1:
                    type = fields.Whole;
                    break;
                case 2:
                    isOne = fields.Bytes.IsEmpty;
                    break;
                case 4:
                    content = fields.Bytes;
                    break;
                case 5:
                    value = fields.HasBytes ? (fields.Bytes.Length == 4 ? BinaryPrimitives.ReadSingleLittleEndian(fields.Bytes) : null) : fields.Single;
                    break;
                case 6:
                    value = fields.HasBytes ? (fields.Bytes.Length == 8 ? BinaryPrimitives.ReadDoubleLittleEndian(fields.Bytes) : null) : fields.Double;
                    break;
            }
        value ??= (type, content.Length) switch
        {
            (1, 4) => BinaryPrimitives.ReadSingleLittleEndian(content),
            (2, 8) => BinaryPrimitives.ReadDoubleLittleEndian(content),
            _ => null,
        };
        return isOne ? value : null;
    }

    // CRC-32C, rotated and shifted as these files have it.
    /// <summary>Returns the masked CRC-32C of a record's length or data.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        crc = ~crc;
        return BitOperations.RotateRight(crc, 15) + 0xa282ead8;
    }
}
