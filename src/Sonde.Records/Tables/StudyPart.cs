using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Parquet;
using Sonde.Records.Files;

namespace Sonde.Records.Tables;

/// <summary>One file in <c>DIR/tables/TABLE/</c>: the rows of a table of many finished trials, one trial after the other, each in row groups of its own and
/// with the trial's id in the column <c>trial</c>.</summary>
/// <remarks><c>trial.json</c> names the part, where the trial's bytes begin, how many they are and their digest. The name of a part ends in the first 16
/// digits of its footer's digest, so every byte that is read has been checked.</remarks>
internal sealed partial class StudyPart : IDisposable
{
    /// <summary>The folder of all parts, in the run folder.</summary>
    public const string Folder = "tables";

    /// <summary>The key of the footer's list of trials.</summary>
    public const string TrialsKey = "trials";

    // A Parquet file: PAR1, columns, footer, the footer's length in four bytes, PAR1.
    private const int FooterEnd = 8;
    private const int DigestLength = 16;

    // Trials that follow one another are in the same parts: a few per table serve all readers.
    private const int MostOpen = 24;

    private static readonly Lock Opening = new();
    private static readonly LinkedList<(string Path, FileStamp Stamp, StudyPart Part)> Opened = new();

    private readonly Lock reading = new();
    private readonly WindowStream stream;
    private readonly ParquetReader reader;
    private readonly long[] starts;

    private StudyPart(string path)
    {
        var footer = ReadFooter(path, out var begin);
        stream = new(begin, footer);
        reader = ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
        starts = [.. reader.Metadata!.RowGroups.Select(group => group.Columns[0].MetaData!).Select(column =>
            column.DictionaryPageOffset is { } dictionary and > 0 ? Math.Min(dictionary, column.DataPageOffset) : column.DataPageOffset)];
        Trials = reader.CustomMetadata.GetValueOrDefault(TrialsKey, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The trials whose rows the part holds; some may have been made longer since, so that their rows here do not count any more.</summary>
    public IReadOnlyList<string> Trials { get; }

    /// <summary>Returns the name of a part, relative to the run folder, from the digest of its footer.</summary>
    public static string NameOf(string table, int number, string footerDigest) =>
        $"{Folder}/{table}/{number:D6}-{footerDigest[..DigestLength]}{TableParts.Extension}";

    /// <summary>Returns true for a name of a part, relative to the run folder.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>Returns the number in the name of a part.</summary>
    public static int NumberOf(string name) => int.Parse(Name().Match(name).Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Lists the parts in a run folder, relative to it.</summary>
    public static IReadOnlyList<string> NamesIn(string runDirectory)
    {
        var tables = Path.Combine(runDirectory, Folder);
        return !Directory.Exists(tables) ? [] : [.. Directory.EnumerateFiles(tables, $"*{TableParts.Extension}", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(runDirectory, path).Replace('\\', '/')).Where(IsName).Order(StringComparer.Ordinal)];
    }

    /// <summary>Opens a part, or returns the open one.</summary>
    /// <exception cref="InvalidDataException">Its footer is not the one that it was named after.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static StudyPart Get(string path)
    {
        path = Path.GetFullPath(path);
        lock (Opening)
        {
            var stamp = FileStamp.Of(path);
            for (var node = Opened.First; node is not null; node = node.Next)
                if (node.Value.Path == path)
                {
                    Opened.Remove(node);
                    if (node.Value.Stamp != stamp)
                        break;
                    Opened.AddFirst(node);
                    return node.Value.Part;
                }
            StudyPart part = new(path);
            Opened.AddFirst((path, stamp, part));
            if (Opened.Count > MostOpen)
                // A reader on another thread may still use it; it holds no file open.
                Opened.RemoveLast();
            return part;
        }
    }

    /// <summary>Reads the row groups of a trial.</summary>
    /// <param name="at">Where the trial's bytes begin.</param>
    /// <param name="content">Those bytes, checked.</param>
    /// <param name="read">Reads one row group.</param>
    public List<TRow> Read<TRow>(long at, byte[] content, Func<ParquetReader, int, List<TRow>> read)
    {
        lock (reading)
        {
            stream.Window = (at, content);
            var rows = new List<TRow>();
            for (var group = 0; group < starts.Length; group++)
                if (starts[group] >= at && starts[group] < at + content.Length)
                    rows.AddRange(read(reader, group));
            stream.Window = (0, []);
            return rows;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private static byte[] ReadFooter(string path, out long begin)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new FileNotFoundException($"there is no file '{path}'", path);
        var end = Disk.Read(path, Math.Max(0, file.Length - FooterEnd), FooterEnd);
        var length = end.Length == FooterEnd ? BinaryPrimitives.ReadInt32LittleEndian(end) : 0;
        begin = file.Length - FooterEnd - length;
        if (length <= 0 || begin < 0)
            throw new InvalidDataException("it has no footer");
        var footer = Disk.Read(path, begin, length + FooterEnd);
        var digest = DurableFile.Digest(footer)[..DigestLength];
        return Path.GetFileNameWithoutExtension(path).EndsWith($"-{digest}", StringComparison.Ordinal) ? footer
            : throw new InvalidDataException($"its footer has the digest {digest}, which is not the one in its name");
    }

    [GeneratedRegex(@"\Atables/[a-z]+/(?<number>[0-9]{6})-[0-9a-f]{16}\.parquet\z")]
    private static partial Regex Name();

    /// <summary>A part of which only the footer and one trial's bytes are in memory.</summary>
    private sealed class WindowStream(long footerBegin, byte[] footer) : Stream
    {
        public (long At, byte[] Content) Window { get; set; } = (0, []);

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => footerBegin + footer.Length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var source = SourceAt(Position, out var place);
            var length = Math.Min(buffer.Length, source.Length - place);
            source.Slice(place, length).CopyTo(buffer);
            Position += length;
            return length;
        }

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => Length };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private ReadOnlySpan<byte> SourceAt(long position, out int place)
        {
            var (source, begin) = position >= footerBegin ? (footer, footerBegin)
                : position >= Window.At && position < Window.At + Window.Content.Length ? (Window.Content, Window.At)
                : position < "PAR1"u8.Length ? ("PAR1"u8.ToArray(), 0)
                : throw new InvalidDataException($"the footer points to byte {position}, which is not one of this trial");
            place = (int)Math.Min(source.Length, position - begin);
            return source;
        }
    }
}
