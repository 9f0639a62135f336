using Parquet;
using Sonde.Records.Files;

namespace Sonde.Records.Tables;

/// <summary>One Parquet file with the rows of many trials: the column <c>trial</c>, then those of the table; one row group per trial.</summary>
/// <typeparam name="TRow">One row.</typeparam>
internal sealed class CombinedTable<TRow> : IDisposable
{
    private readonly Table<TRow> table;
    private readonly string temporary;
    private readonly FileStream stream;
    private readonly ParquetWriter writer;
    private bool isClosed;

    /// <summary>Creates the file under a temporary name.</summary>
    /// <param name="table">The kind of table.</param>
    /// <param name="path">Its final path; a file of this name is replaced.</param>
    public CombinedTable(Table<TRow> table, string path)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentException.ThrowIfNullOrEmpty(path);
        (this.table, Path, temporary) = (table, path, DurableFile.TemporaryPathOf(path));
        stream = File.Create(temporary);
        writer = table.ToColumns("", []).OpenAsync(stream).GetAwaiter().GetResult();
    }

    /// <summary>The final path.</summary>
    public string Path { get; }

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds the rows of a trial.</summary>
    /// <param name="trial">The trial's id.</param>
    /// <param name="rows">Its rows.</param>
    public void Add(string trial, IReadOnlyList<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(rows);
        ObjectDisposedException.ThrowIf(isClosed, this);
        if (rows.Count == 0)
            return;
        table.ToColumns(trial, rows).AppendAsync(writer).GetAwaiter().GetResult();
        Rows += rows.Count;
    }

    /// <summary>Completes the file and gives it its final name.</summary>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        Close();
        File.Move(temporary, Path, overwrite: true);
    }

    /// <summary>Deletes the file if it was not finished.</summary>
    public void Dispose()
    {
        Close();
        File.Delete(temporary);
    }

    private void Close()
    {
        if (isClosed)
            return;
        isClosed = true;
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        stream.Dispose();
    }
}
