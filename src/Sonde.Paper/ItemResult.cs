using Sonde.Figures.Drawing;

namespace Sonde.Paper;

/// <summary>A number of the paper and Sonde's measurement of it.</summary>
/// <param name="What">The measured quantity, with its unit: <c>test error of tanh N, %</c>.</param>
/// <param name="Paper">The paper's value; <c>–</c> if it gives none.</param>
/// <param name="Ours">Sonde's value, with its interval over seeds if there are several.</param>
internal sealed record Reading(string What, string Paper, string Ours);

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

    /// <summary>Returns a result without numbers.</summary>
    public static ItemResult Without(Agreement agreement, string sentence) => new(agreement, sentence, [], []);
}
