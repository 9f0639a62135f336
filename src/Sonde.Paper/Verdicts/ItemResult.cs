using Sonde.Figures.Drawing;

namespace Sonde.Paper.Verdicts;

/// <summary>A quantity of the paper and Sonde's measurement of it.</summary>
/// <param name="What">The measured quantity, with its unit: <c>test error of tanh N, %</c>.</param>
/// <param name="Paper">The paper's value; <c>–</c> if it gives none.</param>
/// <param name="Ours">Sonde's value, with its interval over seeds if there are several.</param>
internal sealed record Reading(string What, string Paper, string Ours)
{
    /// <summary>How far apart the two are, in the unit of the quantity, and how much is allowed; empty if the reading decides nothing.</summary>
    public string Distance { get; init; } = "";

    /// <summary>The verdict on this quantity; null if the reading decides nothing.</summary>
    public Agreement? Verdict { get; init; }

    /// <summary>True if the verdict is on a number, false if on an order or a statement in words.</summary>
    internal bool IsNumber { get; init; }
}

/// <summary>The result for an item of the paper.</summary>
/// <param name="Agreement">Whether it agrees with the paper.</param>
/// <param name="Sentence">The verdict, with the numbers that decide it.</param>
/// <param name="Readings">Numbers: the paper's and Sonde's.</param>
/// <param name="Figures">Pictures; may be empty.</param>
internal sealed record ItemResult(Agreement Agreement, string Sentence, IReadOnlyList<Reading> Readings, IReadOnlyList<FigureFile> Figures)
{
    /// <summary>An HTML fragment for the page, below the pictures; empty if there is none.</summary>
    public string Html { get; init; } = "";

    /// <summary>An HTML table that the page shows instead of the readings; empty if there is none. Programs still get the readings.</summary>
    public string Table { get; init; } = "";

    /// <summary>Returns the result of an item whose networks have not been trained or evaluated.</summary>
    public static ItemResult NotRun(string sentence) => new(Agreement.NotRun, sentence, [], []);

    /// <summary>Returns the result of an item whose dataset is missing.</summary>
    public static ItemResult DataMissing(string sentence) => new(Agreement.DataMissing, sentence, [], []);
}
