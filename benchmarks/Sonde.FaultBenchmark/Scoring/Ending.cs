using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.FaultBenchmark.Scoring;

/// <summary>How a trial ended.</summary>
/// <param name="Error">Its last test error in per cent; that of guessing if it diverged.</param>
/// <param name="Chance">The test error of the best constant guess, in per cent.</param>
internal sealed record Ending(double Error, double Chance)
{
    /// <summary>The share of what guessing gets wrong that it still gets wrong.</summary>
    public double Left => Error / Chance;

    /// <summary>Reads a trial's end.</summary>
    public static Ending Of(TrialManifest manifest)
    {
        var chance = manifest.ChanceError ?? 100;
        return new(manifest.Result?.TestError is { } error && double.IsFinite(error) ? error : chance, chance);
    }

    /// <summary>Reads the ends of all trials of a case.</summary>
    public static IReadOnlyList<Ending> OfAll(RunFolder run) => [.. run.Trials.Order(StringComparer.Ordinal).Select(id => Of(run.ReadManifest(id)))];
}

/// <summary>How much a fault hurts, as the real cases say it: by where a run ends between guessing and the healthy network.</summary>
internal enum Severity
{
    /// <summary>It ends within a quarter of the way from guessing to the healthy network.</summary>
    Blocks,

    /// <summary>Within 85 % of the way.</summary>
    Slows,

    /// <summary>Beyond: it is not counted as a fault, nor as healthy.</summary>
    None,
}

/// <summary>Measures how much faults hurt.</summary>
internal static class Harm
{
    /// <summary>A healthy network has at most this share of the errors of guessing left; one that has more proves nothing.</summary>
    public const double HealthyLeft = 0.4;

    private const double Quarter = 0.25, Nearly = 0.85;

    /// <summary>Returns how much a run is hurt.</summary>
    /// <param name="run">The faulty run.</param>
    /// <param name="healthy">The runs of its healthy base.</param>
    public static Severity Of(Ending run, IReadOnlyList<Ending> healthy)
    {
        var best = healthy.Average(end => end.Error);
        // The test part of a fault may have another chance level: the way is measured from that of the healthy network.
        var way = (healthy[0].Chance - run.Error) / (healthy[0].Chance - best);
        return way <= Quarter ? Severity.Blocks : way <= Nearly ? Severity.Slows : Severity.None;
    }
}
