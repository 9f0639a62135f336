namespace Sonde.Records.Tables;

/// <summary>One table of a trial while it is written: the rows that are not yet in a part.</summary>
internal abstract class TableParts
{
    /// <summary>What the names of parts and whole tables end in.</summary>
    public const string Extension = ".parquet";

    private protected TableParts(string name) => Name = name;

    /// <summary>The table's name, and that of its folder.</summary>
    public string Name { get; }

    /// <summary>The name of the file that holds the pending rows in an early checkpoint.</summary>
    public string PendingFile => PendingFileOf(Name);

    /// <summary>The whole table, relative to the trial's folder.</summary>
    public string WholeName => WholeNameOf(Name);

    /// <summary>True where rows wait for the next scheduled checkpoint.</summary>
    public abstract bool HasPending { get; }

    /// <summary>The name of the file that holds the pending rows of a table in an early checkpoint.</summary>
    public static string PendingFileOf(string table) => $"pending-{table}{Extension}";

    /// <summary>A whole table, relative to the trial's folder.</summary>
    public static string WholeNameOf(string table) => $"{table}/all{Extension}";

    /// <summary>The part that ends at an update, relative to the trial's folder.</summary>
    public string PartNameOf(long update) => $"{Name}/{PartName.Of(update)}{Extension}";

    /// <summary>The pending rows as a part; they are pending no more.</summary>
    public abstract byte[] TakePart();

    /// <summary>The pending rows as a file of their own, in the order in which they came.</summary>
    public abstract byte[] PendingBytes();

    /// <summary>Replaces the pending rows by those of a file; null for none.</summary>
    public abstract void LoadPending(byte[]? content, string path);

    /// <summary>The rows of all parts and the pending ones as one table.</summary>
    /// <param name="parts">The content of each part and its path, for messages, in order of updates.</param>
    public abstract byte[] WholeBytes(IEnumerable<(byte[] Content, string Path)> parts);
}

/// <inheritdoc cref="TableParts"/>
internal sealed class TableParts<TRow>(Table<TRow> table) : TableParts(table.Name)
{
    private readonly List<TRow> pending = [];

    public override bool HasPending => pending.Count > 0;

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

    public override byte[] WholeBytes(IEnumerable<(byte[] Content, string Path)> parts) =>
        table.ToBytes(Sorted(table, parts.SelectMany(part => table.FromBytes(part.Content, part.Path)).Concat(pending)));

    /// <summary>Rows by update and layer; within these in the order they were added, however they were cut into parts.</summary>
    public static IReadOnlyList<TRow> Sorted(Table<TRow> table, IEnumerable<TRow> rows) => [.. rows.OrderBy(table.Order)];
}
