namespace Sonde.Records;

/// <summary>One table of a trial while it is written: rows not yet on disk, and the parts that are.</summary>
internal abstract class TableParts
{
    /// <summary>The name of the whole table beside its parts.</summary>
    public const string WholeFile = "all.parquet";
    private const string Extension = ".parquet";

    private protected TableParts(string trialDirectory, string name)
    {
        TrialDirectory = trialDirectory;
        PendingFile = $"pending-{name}{Extension}";
        WholePath = $"{name}/{WholeFile}";
        Directory = Path.Combine(trialDirectory, name);
    }

    /// <summary>The name of the file that holds the pending rows in an early checkpoint.</summary>
    public string PendingFile { get; }

    /// <summary>The whole table, relative to the trial's folder.</summary>
    public string WholePath { get; }

    /// <summary>True where rows wait for the next scheduled checkpoint.</summary>
    public abstract bool HasPending { get; }

    private protected string TrialDirectory { get; }

    private protected string Directory { get; }

    /// <summary>Writes the pending rows as the part that ends at an update; they are pending no more.</summary>
    public abstract void WritePart(long update);

    /// <summary>The pending rows as a file of their own.</summary>
    public abstract byte[] PendingBytes();

    /// <summary>Replaces the pending rows by those of a file; null for none.</summary>
    public abstract void LoadPending(byte[]? content, string path);

    /// <summary>Writes the whole table beside its parts.</summary>
    public abstract RecordedFile WriteWhole();

    /// <summary>Removes parts that end after an update, and what a killed process left half written.</summary>
    public void RemoveAfter(long update)
    {
        if (!System.IO.Directory.Exists(Directory))
            return;
        RemoveTemporary();
        File.Delete(Path.Combine(Directory, WholeFile));
        foreach (var (_, path) in Parts(Directory).Where(part => part.Update > update))
            File.Delete(path);
    }

    /// <summary>Removes all parts, once <c>trial.json</c> names the whole table.</summary>
    public void RemoveParts()
    {
        RemoveTemporary();
        foreach (var (_, path) in Parts(Directory))
            File.Delete(path);
    }

    /// <summary>The parts in a table's folder, in order of updates.</summary>
    public static IReadOnlyList<(long Update, string Path)> Parts(string directory) => !System.IO.Directory.Exists(directory) ? [] :
        [.. System.IO.Directory.EnumerateFiles(directory, "*" + Extension)
            .Select(path => (Update: PartName.Parse(Path.GetFileNameWithoutExtension(path)), Path: path))
            .Where(part => part.Update is not null).Select(part => (part.Update!.Value, part.Path)).OrderBy(part => part.Value)];

    private protected string PartPath(long update) => Path.Combine(Directory, PartName.Of(update) + Extension);

    private void RemoveTemporary()
    {
        foreach (var path in System.IO.Directory.EnumerateFiles(Directory, "*" + DurableFile.TemporarySuffix))
            File.Delete(path);
    }
}

/// <inheritdoc cref="TableParts"/>
internal sealed class TableParts<TRow>(string trialDirectory, Table<TRow> table) : TableParts(trialDirectory, table.Name)
{
    private readonly List<TRow> pending = [];

    public override bool HasPending => pending.Count > 0;

    public void Add(TRow row) => pending.Add(row);

    public override void WritePart(long update)
    {
        if (pending.Count == 0)
            return;
        table.Write(PartPath(update), Sorted(table, pending));
        pending.Clear();
    }

    public override byte[] PendingBytes() => table.ToBytes(pending);

    public override void LoadPending(byte[]? content, string path)
    {
        pending.Clear();
        if (content is not null)
            pending.AddRange(table.FromBytes(content, path));
    }

    public override RecordedFile WriteWhole()
    {
        var content = table.ToBytes(Sorted(table, ReadParts(table, Directory).Concat(pending)));
        DurableFile.Write(Path.Combine(TrialDirectory, WholePath), content);
        return DurableFile.Describe(WholePath, content);
    }

    /// <summary>The rows of all parts, part after part.</summary>
    public static IEnumerable<TRow> ReadParts(Table<TRow> table, string directory) => Parts(directory).SelectMany(part => table.Read(part.Path));

    /// <summary>Rows by update and layer; within these in the order they were added, however they were cut into parts.</summary>
    public static IReadOnlyList<TRow> Sorted(Table<TRow> table, IEnumerable<TRow> rows) => [.. rows.OrderBy(table.Order)];
}
