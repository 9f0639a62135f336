using Sonde.Paper.Verdicts;

namespace Sonde.Paper;

/// <summary>The kind of an item.</summary>
internal enum ItemKind
{
    /// <summary>A numbered figure.</summary>
    Figure,

    /// <summary>A numbered table.</summary>
    Table,

    /// <summary>A claim in words, or a figure that the paper describes but does not show.</summary>
    Claim,
}

/// <summary>A figure, table or claim of the paper: the studies it needs, and how their records compare with it.</summary>
internal abstract class PaperItem
{
    /// <summary>Its kind.</summary>
    public abstract ItemKind Kind { get; }

    /// <summary>Its number, or a claim's name: <c>3</c>, <c>chance</c>.</summary>
    public abstract string Key { get; }

    /// <summary>Its anchor on the page and the stem of its files: <c>figure-3</c>, <c>claim-chance</c>.</summary>
    public string Name => $"{Kind.ToString().ToLowerInvariant()}-{Key}";

    /// <summary>Heading.</summary>
    public abstract string Title { get; }

    /// <summary>The paper's statement, with its section.</summary>
    public abstract string Says { get; }

    /// <summary>The built-in studies whose records it reads; empty if it needs no run.</summary>
    public abstract IReadOnlyList<string> Studies { get; }

    /// <summary>True if it also needs <see cref="PaperBaseline"/>.</summary>
    public virtual bool NeedsBaseline => false;

    /// <summary>Reads the records and draws the figures.</summary>
    /// <param name="runs">The run folders.</param>
    protected abstract ItemResult Read(PaperRuns runs);

    /// <summary>Compares the records with the paper. Missing data and missing runs also give a result.</summary>
    public ItemResult Evaluate(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (Studies.Count > 0 && Studies.All(runs.Missing.ContainsKey))
            return ItemResult.DataMissing(runs.Missing[Studies[0]]);
        if (Studies.Count > 0 && !Studies.Any(runs.HasRecords))
            return ItemResult.NotRun($"There are no records of {string.Join(", ", Studies)} yet.");
        return Read(runs);
    }
}
