using Sonde.Diagnosis.Remedies;
using Sonde.Numerics.Significance;

namespace Sonde.Running.Proving;

/// <summary>A remedy that was tried: short trainings with it beside the same without it, and beside as many random changes of the same size.</summary>
/// <param name="Remedy">The remedy.</param>
/// <param name="Before">The error of each seed with the setting as it is, in per cent.</param>
/// <param name="After">The error of the same seeds with the remedy.</param>
/// <param name="RandomAfter">The errors of random changes, each with one of these seeds; empty if none could be trained.</param>
internal sealed record TriedRemedy(Remedy Remedy, IReadOnlyList<double> Before, IReadOnlyList<double> After, IReadOnlyList<double> RandomAfter)
{
    // A gain that is smaller than both of these is of no use to anybody.
    private const double LeastPoints = 1, LeastShare = 0.05;

    /// <summary>The share of the error that a remedy takes away to count as a cure.</summary>
    public const double CureShare = 0.5;

    /// <summary>By how many percentage points the error falls, over seeds.</summary>
    public MeanInterval Gain => MeanInterval.Of([.. Before.Zip(After, (before, after) => before - after)]);

    /// <summary>True if the error falls for every seed, and by more than is of no use.</summary>
    public bool Helps => Before.Zip(After).All(pair => pair.Second < pair.First)
        && Gain.Mean >= Math.Max(LeastPoints, LeastShare * Before.Average());

    /// <summary>True if it helps and takes away at least half of the error.</summary>
    public bool Cures => Helps && Gain.Mean >= CureShare * Before.Average();
}
