using Sonde.Probes;

namespace Sonde.Diagnosis.Findings;

/// <summary>Numbers of another program broke although its steps and costs, as far as they are recorded, were usual until then: large steps are seen before
/// numbers overflow. A network that Sonde trains has no NaN in its data and no logarithm of 0 in its cost, so that there numbers can only grow.</summary>
internal static class SuddenBreak
{
    /// <summary>sd of an update over sd of the weights from which on a step is large; a thousandth is usual.</summary>
    public const double LargeStep = 0.1;

    // A cost that ends above this multiple of its lowest value rises.
    private const double MostRise = 1.3;

    /// <summary>True for a trial whose numbers broke so.</summary>
    public static bool Is(TrialHistory trial)
    {
        if (!trial.IsImported || trial.Divergence is not { IsInData: false, Update: > 0 } broken)
            return false;
        List<double> steps = [.. Enumerable.Range(1, Math.Max(1, trial.Network.Depth)).SelectMany(layer => trial.Rows(Quantity.UpdateToWeightRatio, layer))
            .Where(row => row.Update < broken.Update && double.IsFinite(row.Mean)).Select(row => row.Mean)];
        return (steps.Count > 0 || trial.Fit.Costs.Count > 2) && steps.TrueForAll(step => step < LargeStep) && !Climbs(trial) && !(trial.Fit.Rise > MostRise);
    }

    /// <summary>True if the cost ends well above the test cost at the start.</summary>
    public static bool Climbs(TrialHistory trial) =>
        trial.Fit.Costs.Count > 2 && trial.TestCurve is [{ Cost: > 0 } start, ..] && trial.Fit.Costs[^1].Cost > 1.5 * start.Cost;
}
