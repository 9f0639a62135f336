using Sonde.Diagnosis;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Trials;

/// <summary>A trial's row in tables, from its records alone.</summary>
/// <param name="Facts">The setting and what follows from it.</param>
/// <param name="Status">A word of <see cref="TrialStatus"/>.</param>
/// <param name="Updates">Updates done; below 0 while it is pre-trained.</param>
/// <param name="TestError">The last test error, in per cent; null if none was recorded.</param>
/// <param name="SaturatedShares">Saturated share (0 to 1) of each hidden layer at the last record; empty if the activation does not saturate.</param>
/// <param name="FirstGradientRatio">sd of back-propagated gradients in the first over that in the last hidden layer, at the first record from
/// update 0 on; null without records.</param>
/// <param name="LastGradientRatio">The same at the last record.</param>
/// <param name="Verdict">The verdict on the trial from its records.</param>
public sealed record TrialSummary(
    TrialFacts Facts, string Status, long Updates, double? TestError, IReadOnlyList<double> SaturatedShares, double? FirstGradientRatio,
    double? LastGradientRatio, Verdict Verdict)
{
    /// <summary>The status, or why a done trial ended before its last update: <c>stopped at rung 2</c>.</summary>
    public string Outcome { get; private init; } = Status;

    /// <summary>Root of the mean squared test error, in the unit of the targets; null unless targets are numbers.</summary>
    public double? TestRmse { get; init; }

    /// <summary>Mean absolute test error, likewise.</summary>
    public double? TestMae { get; init; }

    /// <summary>Builds the row of a trial.</summary>
    public static TrialSummary Of(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var facts = TrialFacts.Of(trial.Manifest);
        var history = TrialFacts.HistoryOf(trial);
        double?[] shares = [.. history.Last(Quantity.Activation).Select(row => row.Saturated)];
        return new(
            facts, trial.Manifest.Status, trial.Manifest.Updates,
            Known(history.TestCurve.Count > 0 ? history.TestCurve[^1].Error : trial.Manifest.Result?.TestError),
            shares.Contains(null) || Enumerable.Range(1, facts.Depth).Any(layer => facts.Network.ActivationOf(layer) is { Saturates: false }) ? []
                : [.. shares.OfType<double>()],
            Ratio(history.First(Quantity.BackpropagatedGradient)), Ratio(history.Last(Quantity.BackpropagatedGradient)), TrialFacts.VerdictOf(trial))
        {
            TestRmse = history.TestCurve.Count > 0 ? history.TestCurve[^1].Rmse : trial.Manifest.Result?.TestRmse,
            TestMae = history.TestCurve.Count > 0 ? history.TestCurve[^1].Mae : trial.Manifest.Result?.TestMae,
            Outcome = EarlyEnd.OutcomeOf(trial.Manifest, trial.Manifest.Status),
        };
    }

    private static double? Known(double? error) => error is double.NaN ? null : error;

    private static double? Ratio(IReadOnlyList<LayerStatistics> layers) =>
        layers is [var first, .., var last] && last.Sd > 0 ? first.Sd / last.Sd : null;
}
