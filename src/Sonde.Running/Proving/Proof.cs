using System.Globalization;

namespace Sonde.Running.Proving;

/// <summary>What became of the remedies of a trial.</summary>
/// <param name="Updates">Updates of each training with the setting as it is.</param>
/// <param name="Before">The error of each seed with the setting as it is, in per cent; of validation examples, or of test examples if there are none.</param>
/// <param name="Tried">The remedies that were tried, in this order.</param>
internal sealed record Proof(long Updates, IReadOnlyList<double> Before, IReadOnlyList<TriedRemedy> Tried)
{
    /// <summary>The remedy that helps most; null if none helps.</summary>
    public TriedRemedy? Best => Tried.Where(tried => tried.Helps).MaxBy(tried => tried.Gain.Mean);

    /// <summary>The result in a sentence or two.</summary>
    public string Sentence => Best is { } best ? Helped(best)
        : Tried.Count == 0 ? "There is no remedy to try."
        : $"Nothing helped: the error stays near {PerCent(Before.Average())} with "
            + $"{(Tried.Count == 1 ? "the one remedy" : $"each of the {Tried.Count} remedies")} that {(Tried.Count == 1 ? "was" : "were")} tried for "
            + $"{Updates.ToString("#,0", CultureInfo.InvariantCulture)} updates. Check that labels belong to their inputs and that inputs tell them, or give "
            + "--budget more updates.";

    private string Helped(TriedRemedy best)
    {
        var (gain, random) = (best.Gain, best.RandomAfter);
        var interval = gain is { Low: { } low, High: { } high } ? $", 95 % interval {Points(low)} to {Points(high)}" : "";
        var others = random.Count == 0 ? "" : $" {(random.Count == 1 ? "A random change" : $"{random.Count} random changes")} of the same size "
            + $"{(random.Count == 1 ? "ends" : "end")} at {PerCent(random.Average())}.";
        return $"{best.Remedy.Name} helps: the error falls from {PerCent(Before.Average())} to {PerCent(best.After.Average())} (by {Points(gain.Mean)} points"
            + $"{interval}) over {Before.Count} paired {(Before.Count == 1 ? "training" : "trainings")} of "
            + $"{Updates.ToString("#,0", CultureInfo.InvariantCulture)} updates.{others}";
    }

    private static string PerCent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} %");

    private static string Points(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
