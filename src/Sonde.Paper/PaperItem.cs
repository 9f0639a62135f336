namespace Sonde.Paper;

/// <summary>What kind of thing an item is.</summary>
public enum ItemKind
{
    /// <summary>A numbered figure.</summary>
    Figure,

    /// <summary>A numbered table.</summary>
    Table,

    /// <summary>A claim in words, or a figure that the paper describes and does not show.</summary>
    Claim,
}

/// <summary>A figure, table or claim of the paper: the studies it is made from, and what their records say of it.</summary>
public abstract class PaperItem
{
    /// <summary>What it is.</summary>
    public abstract ItemKind Kind { get; }

    /// <summary>Its number, or a claim's name: <c>3</c>, <c>chance</c>.</summary>
    public abstract string Key { get; }

    /// <summary>Its anchor on the page and the stem of its files: <c>figure-3</c>, <c>claim-chance</c>.</summary>
    public string Name => $"{Kind.ToString().ToLowerInvariant()}-{Key}";

    /// <summary>Heading.</summary>
    public abstract string Title { get; }

    /// <summary>What the paper says, and where.</summary>
    public abstract string Says { get; }

    /// <summary>The built-in studies whose records it reads; empty where it is computed without a run.</summary>
    public abstract IReadOnlyList<string> Studies { get; }

    /// <summary>True where it needs <see cref="PaperBaseline"/> too.</summary>
    public virtual bool NeedsBaseline => false;

    /// <summary>Reads and draws it.</summary>
    /// <param name="runs">The run folders.</param>
    protected abstract ItemResult Read(PaperRuns runs);

    /// <summary>What the records say: data that are missing, or runs that are not there, are a result too.</summary>
    public ItemResult Evaluate(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (Studies.Count > 0 && Studies.All(runs.Missing.ContainsKey))
            return ItemResult.Without(Agreement.DataMissing, runs.Missing[Studies[0]]);
        if (Studies.Count > 0 && !Studies.Any(runs.HasRecords))
            return ItemResult.Without(Agreement.NotAtThisScale, $"There are no records of {string.Join(", ", Studies)} yet.");
        return Read(runs);
    }
}
