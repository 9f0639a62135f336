using System.Globalization;
using System.Text.Json.Nodes;
using Sonde.Numerics.Significance;

namespace Sonde.FaultBenchmark.Scoring;

/// <summary>How right a judge is on some runs.</summary>
internal sealed class Tally
{
    private readonly List<Judgement> faulty, healthy;

    /// <summary>Counts.</summary>
    public Tally(IEnumerable<Judgement> judgements)
    {
        var all = judgements.ToList();
        (faulty, healthy) = ([.. all.Where(one => !one.Truth.IsHealthy)], [.. all.Where(one => one.Truth.IsHealthy)]);
    }

    /// <summary>The number of faulty runs.</summary>
    public int Faulty => faulty.Count;

    /// <summary>The share of faulty runs of which something right was said.</summary>
    public ShareInterval? Recall => Share(faulty.Count(one => one.IsFound), faulty.Count);

    /// <summary>The share of faulty runs of which the first thing said was right.</summary>
    public ShareInterval? First => Share(faulty.Count(one => one.IsFirstRight), faulty.Count);

    /// <summary>The share of faulty runs of which one of the first three things said was right.</summary>
    public ShareInterval? OneOfThree => Share(faulty.Count(one => one.IsOneOfThreeRight), faulty.Count);

    /// <summary>Right things over right and wrong ones said of faulty runs.</summary>
    public ShareInterval? Precision => Share(faulty.Sum(one => one.Right), faulty.Sum(one => one.Right + one.Wrong.Count));

    /// <summary>The share of found faults of one layer whose layer was named.</summary>
    public ShareInterval? Layer => Share(faulty.Count(one => one.IsLayerRight == true), faulty.Count(one => one.IsLayerRight is not null));

    /// <summary>The share of healthy runs of which something wrong was said.</summary>
    public ShareInterval? FalseAlarms => Share(healthy.Count(one => one.Wrong.Count > 0), healthy.Count);

    /// <summary>The harmonic mean of recall and precision; null without either.</summary>
    public double? F1 => Recall is { } recall && Precision is { } precision && recall.Share + precision.Share > 0
        ? 2 * recall.Share * precision.Share / (recall.Share + precision.Share) : null;

    /// <summary>The heads of <see cref="Cells"/>.</summary>
    public static IReadOnlyList<string> Heads { get; } = ["runs", "found", "first", "in three", "precision", "F1", "layer", "false alarms"];

    /// <summary>The numbers as a table has them.</summary>
    public IReadOnlyList<string> Cells =>
        [$"{faulty.Count}", Text(Recall), Text(First), Text(OneOfThree), Text(Precision), F1?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–",
            Text(Layer), WithLimits(FalseAlarms)];

    /// <summary>The numbers with their 95 % limits.</summary>
    public JsonObject Json => new()
    {
        ["faultyRuns"] = faulty.Count, ["healthyRuns"] = healthy.Count, ["found"] = Node(Recall), ["first"] = Node(First), ["inThree"] = Node(OneOfThree),
        ["precision"] = Node(Precision), ["f1"] = F1, ["layer"] = Node(Layer), ["falseAlarms"] = Node(FalseAlarms),
    };

    private static ShareInterval? Share(int successes, int attempts) => attempts == 0 ? null : ShareInterval.Of(successes, attempts);

    private static string Text(ShareInterval? share) => share is null ? "–" : share.Share.ToString("0.00", CultureInfo.InvariantCulture);

    private static string WithLimits(ShareInterval? share) =>
        share is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * share.Share:0.0} % ({100 * share.Low:0.0} to {100 * share.High:0.0})");

    private static JsonObject? Node(ShareInterval? share) => share is null ? null
        : new() { ["share"] = Math.Round(share.Share, 4), ["low"] = Math.Round(share.Low, 4), ["high"] = Math.Round(share.High, 4) };
}
