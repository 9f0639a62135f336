using Sonde.Records.Files;

namespace Sonde.Records.Tables;

/// <summary>One table of a trial while it is written: the pending rows, which are not yet in a part.</summary>
internal abstract class TableParts
{
    /// <summary>The end of the names of parts and whole tables.</summary>
    public const string Extension = ".parquet";

    private protected TableParts(string name) => Name = name;

    /// <summary>The table's name, and that of its folder.</summary>
    public string Name { get; }

    /// <summary>The name of the file with the pending rows in an early checkpoint.</summary>
    public string PendingFile => PendingFileOf(Name);

    /// <summary>The path of the whole table, relative to the trial's folder.</summary>
    public string WholeName => WholeNameOf(Name);

    /// <summary>True if rows wait for the next scheduled checkpoint.</summary>
    public abstract bool HasPending { get; }

    /// <summary>Returns the name of the file with the pending rows of a table in an early checkpoint.</summary>
    public static string PendingFileOf(string table) => $"pending-{table}{Extension}";

    /// <summary>Returns the path of a whole table, relative to the trial's folder.</summary>
    public static string WholeNameOf(string table) => $"{table}/all{Extension}";

    /// <summary>Returns the path of the part that ends at an update, relative to the trial's folder.</summary>
    public string PartNameOf(long update) => $"{Name}/{PartName.Of(update)}{Extension}";

    /// <summary>Returns the pending rows as a part, after which no row is pending.</summary>
    public abstract byte[] TakePart();

    /// <summary>Returns the pending rows as a file, in the order in which they were added.</summary>
    public abstract byte[] PendingBytes();

    /// <summary>Replaces the pending rows by those of a file, or by none if it is null.</summary>
    public abstract void LoadPending(byte[]? content, string path);

    /// <summary>Returns the table of a trial as a Parquet file of its own.</summary>
    /// <param name="folder">The trial's folder.</param>
    /// <param name="file">The entry of <c>trial.json</c>; its rows may be in a part of the study.</param>
    public abstract byte[] ReadWhole(string folder, RecordedFile file);

    /// <summary>Returns the rows of all parts and the pending rows as one table, of which a row group at a time is in memory.</summary>
    /// <param name="parts">The content of each part and its path, for messages, in order of updates; each is read when it is needed.</param>
    public abstract FileContent WholeContent(IEnumerable<(byte[] Content, string Path)> parts);
}

/// <inheritdoc cref="TableParts"/>
internal sealed class TableParts<TRow>(Table<TRow> table) : TableParts(table.Name)
{
    private readonly List<TRow> pending = [];

    public override bool HasPending => pending.Count > 0;

    /// <summary>The pending rows, in the order in which they were added.</summary>
    public IReadOnlyList<TRow> Pending => pending;

    public void Add(TRow row) => pending.Add(row);

    public override byte[] TakePart()
    {
        var content = table.ToBytes(Sorted(table, pending));
        pending.Clear();
        return content;
    }

    public override byte[] PendingBytes() => table.ToBytes(pending);

    public override void LoadPending(byte[]? content, string path)
    {
        pending.Clear();
        if (content is not null)
            pending.AddRange(table.FromBytes(content, path));
    }

    public override byte[] ReadWhole(string folder, RecordedFile file) =>
        file.Part is null ? DurableFile.ReadExactly(folder, file) : table.ToBytes(table.ReadRows(folder, file));

    public override FileContent WholeContent(IEnumerable<(byte[] Content, string Path)> parts) =>
        table.ToContent(InOrder(table, parts.SelectMany(part => table.Stream(part.Content, part.Path)).Concat(Sorted(table, pending))));

    /// <summary>Sorts rows of parts that follow one another: two of them may share an update, and no more.</summary>
    private static IEnumerable<TRow> InOrder(Table<TRow> table, IEnumerable<TRow> rows)
    {
        var ofUpdate = new List<TRow>();
        foreach (var row in rows)
        {
            var (before, update) = (ofUpdate.Count == 0 ? long.MinValue : table.Order(ofUpdate[0]).Update, table.Order(row).Update);
            if (update < before)
                throw new RecordException($"The table '{table.Name}' has parts that overlap: update {update} comes after update {before}. Delete the trial's "
                    + "folder and run the study again.");
            if (update > before)
            {
                foreach (var sorted in Sorted(table, ofUpdate))
                    yield return sorted;
                ofUpdate.Clear();
            }
            ofUpdate.Add(row);
        }
        foreach (var sorted in Sorted(table, ofUpdate))
            yield return sorted;
    }

    /// <summary>Sorts rows by update and layer. Rows of the same update and layer stay in the order in which they were added.</summary>
    public static List<TRow> Sorted(Table<TRow> table, IEnumerable<TRow> rows)
    {
        List<TRow> all = [.. rows];
        // Parts follow one another, so their rows are in order already, a million of them too.
        for (var i = 1; i < all.Count; i++)
            if (table.Order(all[i - 1]).CompareTo(table.Order(all[i])) > 0)
                return [.. all.OrderBy(table.Order)];
        return all;
    }
}
