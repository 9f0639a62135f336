using Sonde.Figures.Drawing;

namespace Sonde.Paper;

/// <summary>One number of the paper beside ours.</summary>
/// <param name="What">What is measured, with its unit: <c>test error of tanh N, %</c>.</param>
/// <param name="Paper">What the paper reports; <c>–</c> where it gives no number.</param>
/// <param name="Ours">What was measured, with its interval over seeds where there are several.</param>
public sealed record Reading(string What, string Paper, string Ours);

/// <summary>What an item of the paper came out as.</summary>
/// <param name="Agreement">How it stands to the paper.</param>
/// <param name="Sentence">The verdict in one sentence, with the numbers that decide it.</param>
/// <param name="Readings">Numbers, the paper's and ours.</param>
/// <param name="Figures">Pictures; may be empty.</param>
public sealed record ItemResult(Agreement Agreement, string Sentence, IReadOnlyList<Reading> Readings, IReadOnlyList<FigureFile> Figures)
{
    /// <summary>A fragment for the page below the pictures; empty where there is none.</summary>
    public string Html { get; init; } = "";

    /// <summary>A table for the page in the place of the readings, which stay for programs; empty where there is none.</summary>
    public string Table { get; init; } = "";

    /// <summary>A result without numbers.</summary>
    public static ItemResult Without(Agreement agreement, string sentence) => new(agreement, sentence, [], []);
}
