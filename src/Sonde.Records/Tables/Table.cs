using System.Buffers.Binary;
using Parquet;
using Sonde.Records.Files;

namespace Sonde.Records.Tables;

/// <summary>A kind of table: which columns of a Parquet file hold its rows. The same rows give the same bytes.</summary>
/// <typeparam name="TRow">One row.</typeparam>
public abstract class Table<TRow>
{
    // A Parquet file: PAR1, columns, footer, the footer's length in four bytes, PAR1.
    private const int FooterEnd = 8;

    // A row group is in memory as a whole, several times over while it is encoded: about 2 million numbers, 100,000 rows of plain columns.
    private const int ValuesPerGroup = 2_000_000, ValuesPerRow = 20;

    private protected Table(string name) => Name = name;

    /// <summary>The name of the table and of its folder in a trial.</summary>
    public string Name { get; }

    /// <summary>Writes rows as one Parquet file in one step, and replaces one of this name.</summary>
    public void Write(string path, IReadOnlyList<TRow> rows) => DurableFile.Write(path, ToBytes(rows));

    /// <summary>Writes rows as one Parquet file into a stream, and leaves the stream open.</summary>
    public void Write(Stream stream, IReadOnlyList<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(ToBytes(rows));
    }

    /// <summary>Reads a file that <see cref="Write(string, IReadOnlyList{TRow})"/> (or another tool) wrote, with one row group or more.</summary>
    /// <exception cref="RecordException">The file is damaged or not a table of this kind.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public IReadOnlyList<TRow> Read(string path) => FromBytes(Disk.Read(path), path);

    /// <summary>Returns the rows as one Parquet file.</summary>
    internal byte[] ToBytes(IReadOnlyList<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var stream = new MemoryStream();
        WriteGroupsAsync(stream, rows).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    /// <summary>Returns the rows as the content of one Parquet file that is never in memory as a whole: one row group after the other is read and
    /// written.</summary>
    internal FileContent ToContent(IEnumerable<TRow> rows) => next =>
    {
        using var stream = new NextBytesStream(next);
        WriteGroupsAsync(stream, rows).GetAwaiter().GetResult();
        stream.PassOn();
    };

    /// <summary>Returns the columns of rows, after one with the trial's id.</summary>
    internal ColumnWriter ToColumns(string trial, IReadOnlyList<TRow> rows)
    {
        var columns = new ColumnWriter();
        columns.Text("trial", Enumerable.Repeat(trial, rows.Count));
        Fill(columns, rows);
        return columns;
    }

    /// <summary>Reads the rows in a Parquet file; the path is for messages.</summary>
    /// <exception cref="RecordException">The content is damaged or not a table of this kind.</exception>
    internal List<TRow> FromBytes(byte[] content, string path)
    {
        var rows = new List<TRow>();
        foreach (var group in ReadGroups(content, path))
            rows.AddRange(group);
        return rows;
    }

    /// <summary>Reads the rows in a Parquet file one row group at a time, as they are asked for.</summary>
    /// <inheritdoc cref="FromBytes"/>
    internal IEnumerable<TRow> Stream(byte[] content, string path) => ReadGroups(content, path).SelectMany(group => group);

    /// <summary>Reads the rows of a trial, in a file of its own or in a part of the study, and checks their bytes.</summary>
    /// <param name="folder">The trial's folder.</param>
    /// <param name="file">The entry of <c>trial.json</c>.</param>
    /// <exception cref="RecordException">The content is damaged or not a table of this kind.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    internal List<TRow> ReadRows(string folder, RecordedFile file)
    {
        var (content, path) = (DurableFile.ReadExactly(folder, file), DurableFile.PathOf(folder, file));
        if (file.Part is null)
            return FromBytes(content, path);
        try
        {
            return StudyPart.Get(path).Read(file.At ?? 0, content, ReadGroup);
        }
        catch (Exception cause) when (cause is not IOException)
        {
            throw Unreadable(path, content, cause);
        }
    }

    /// <summary>Counts the rows in a Parquet file whose columns it reads one row group at a time.</summary>
    /// <inheritdoc cref="FromBytes"/>
    internal long CountRows(byte[] content, string path) => ReadGroups(content, path).Sum(group => (long)group.Count);

    private IEnumerable<IReadOnlyList<TRow>> ReadGroups(byte[] content, string path)
    {
        // The first senseless number in a damaged file may lead to any exception: a cast, an index, or an array too large for any memory.
        T Located<T>(Func<T> read)
        {
            try
            {
                return read();
            }
            catch (Exception cause)
            {
                throw Unreadable(path, content, cause);
            }
        }

        using var stream = new MemoryStream(content, writable: false);
        var reader = Located(() =>
        {
            CheckFooter(content);
            return ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
        });
        try
        {
            long rows = 0;
            for (var i = 0; i < reader.RowGroupCount; i++)
            {
                var index = i;
                var group = Located(() => ReadGroup(reader, index));
                rows += group.Count;
                yield return group;
            }
            // A flipped bit in the footer can make all row groups vanish without an error.
            _ = Located(() => reader.RowGroupCount > 0 && reader.Metadata?.NumRows == rows ? rows : throw new InvalidDataException(
                $"its footer says {reader.Metadata?.NumRows} rows in {reader.RowGroupCount} row groups, which hold {rows}"));
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private RecordException Unreadable(string path, byte[] content, Exception cause) => new(
        $"{path}: expected a whole Parquet file with the columns of the table '{Name}', found {content.Length} bytes that are not one ({cause.Message}). "
        + "Restore the file from a copy, or run the study again with --check: it sets the file aside and trains the missing part.", cause);

    private List<TRow> ReadGroup(ParquetReader reader, int index)
    {
        using var group = reader.OpenRowGroupReader(index);
        return [.. Rows(new ColumnReader(reader.Schema, group))];
    }

    /// <summary>Returns a row's place in the order of a trial's rows. Rows of the same place stay in the order in which they were added.</summary>
    internal abstract (long Update, int Layer) Order(TRow row);

    /// <summary>Counts the numbers in a row's list; 0 for rows without one.</summary>
    private protected virtual int ListLength(TRow row) => 0;

    private protected abstract void Fill(ColumnWriter columns, IReadOnlyList<TRow> rows);

    private protected abstract IEnumerable<TRow> Rows(ColumnReader columns);

    /// <summary>Refuses a footer length outside the file, with which the library's reader would search for ever.</summary>
    private static void CheckFooter(byte[] content)
    {
        var room = content.Length - "PAR1"u8.Length - FooterEnd;
        if (room < 0 || !content.AsSpan(content.Length - 4).SequenceEqual("PAR1"u8))
            throw new InvalidDataException("it does not end in PAR1");
        if (BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(content.Length - FooterEnd)) is var length && (length <= 0 || length > room))
            throw new InvalidDataException($"its footer should take 1 to {room} bytes, and the file says {length}");
    }

    private async Task WriteGroupsAsync(Stream stream, IEnumerable<TRow> rows)
    {
        var columns = new ColumnWriter();
        Fill(columns, []);
        await using var writer = await columns.OpenAsync(stream).ConfigureAwait(false);
        foreach (var group in Groups(rows))
        {
            columns = new();
            Fill(columns, group);
            await columns.AppendAsync(writer).ConfigureAwait(false);
        }
    }

    /// <summary>Cuts rows into row groups. Where it cuts depends on the rows alone, so the same rows give the same file.</summary>
    internal IEnumerable<IReadOnlyList<TRow>> Groups(IEnumerable<TRow> rows)
    {
        var (group, values, isFirst) = (new List<TRow>(), 0L, true);
        foreach (var row in rows)
        {
            if (values >= ValuesPerGroup)
            {
                yield return group;
                (group, values, isFirst) = ([], 0, false);
            }
            group.Add(row);
            values += ValuesPerRow + ListLength(row);
        }
        // A table without rows has one empty group.
        if (group.Count > 0 || isFirst)
            yield return group;
    }
}
