using Parquet;
using Sonde.Records.Files;

namespace Sonde.Records.Tables;

/// <summary>A kind of table: how its rows stand in a Parquet file. The same rows give the same bytes.</summary>
/// <typeparam name="TRow">One row.</typeparam>
public abstract class Table<TRow>
{
    private protected Table(string name) => Name = name;

    /// <summary>The name of the table and of its folder in a trial.</summary>
    public string Name { get; }

    /// <summary>Writes rows as one Parquet file, whole or not at all, replacing one of this name.</summary>
    public void Write(string path, IReadOnlyList<TRow> rows) => DurableFile.Write(path, ToBytes(rows));

    /// <summary>Writes rows as one Parquet file into a stream, which stays open.</summary>
    public void Write(Stream stream, IReadOnlyList<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(ToBytes(rows));
    }

    /// <summary>Reads a file that <see cref="Write(string, IReadOnlyList{TRow})"/> (or another tool) wrote, with one row group or more.</summary>
    /// <exception cref="RecordException">The file is damaged or not a table of this kind.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public IReadOnlyList<TRow> Read(string path) => FromBytes(Disk.Read(path), path);

    /// <summary>The rows as one Parquet file.</summary>
    internal byte[] ToBytes(IReadOnlyList<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var columns = new ColumnWriter();
        Fill(columns, rows);
        return columns.ToBytes();
    }

    /// <summary>The columns of rows, after one with the trial's id.</summary>
    internal ColumnWriter ToColumns(string trial, IReadOnlyList<TRow> rows)
    {
        var columns = new ColumnWriter();
        columns.Text("trial", Enumerable.Repeat(trial, rows.Count));
        Fill(columns, rows);
        return columns;
    }

    /// <summary>The rows in a Parquet file; the path is for messages.</summary>
    /// <exception cref="RecordException">The content is damaged or not a table of this kind.</exception>
    internal IReadOnlyList<TRow> FromBytes(byte[] content, string path)
    {
        try
        {
            return FromBytesAsync(content).GetAwaiter().GetResult();
        }
        // A damaged file shows as whatever the first senseless number in it leads to: a cast, an index, or an array too large for any memory.
        catch (Exception cause)
        {
            throw new RecordException($"{path}: expected a whole Parquet file with the columns of the table '{Name}', found {content.Length} bytes that do not "
                + $"read as one ({cause.Message}). "
                + "Restore the file from a copy, or run the study again: it sets the file aside and trains what is missing.", cause);
        }
    }

    /// <summary>The order in which a trial's rows are kept; rows that are equal in it stay as they were added.</summary>
    internal abstract (long Update, int Layer) Order(TRow row);

    private protected abstract void Fill(ColumnWriter columns, IReadOnlyList<TRow> rows);

    private protected abstract IEnumerable<TRow> Rows(ColumnReader columns);

    private async Task<IReadOnlyList<TRow>> FromBytesAsync(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        await using var reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        var rows = new List<TRow>();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            rows.AddRange(Rows(new ColumnReader(reader.Schema, group)));
        }
        // A flipped bit in the footer can make all row groups vanish without an error.
        return reader.RowGroupCount > 0 && reader.Metadata?.NumRows == rows.Count ? rows
            : throw new InvalidDataException($"its footer says {reader.Metadata?.NumRows} rows in {reader.RowGroupCount} row groups, which hold {rows.Count}");
    }
}
