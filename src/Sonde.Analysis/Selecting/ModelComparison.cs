namespace Sonde.Analysis.Selecting;

/// <summary>The chosen candidates of two models against each other.</summary>
/// <param name="First">Name of the one model.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="Seeds">Seeds that both were trained with; trials of the same seed are pairs.</param>
/// <param name="Examples">Test examples.</param>
/// <param name="FirstBetter">Examples that more of the first model's networks get right.</param>
/// <param name="SecondBetter">Examples that more of the second model's networks get right.</param>
/// <param name="ExamplesP">p of the exact sign-flip test over examples, which for one seed is McNemar's; null without predictions of a common seed.</param>
/// <param name="SeedsP">p of the paired t test over seeds; null for fewer than two.</param>
/// <param name="AdjustedP">The p that decides, after Holm's correction over all pairs of models of the task; null if there is none.</param>
/// <param name="Differs">True if the adjusted p is at or below the level.</param>
public sealed record ModelComparison(
    string First, string Second, int Seeds, int Examples, int FirstBetter, int SecondBetter,
    double? ExamplesP, double? SeedsP, double? AdjustedP, bool Differs);
