using Sonde.FaultBenchmark.Rivals;

namespace Sonde.FaultBenchmark.Scoring;

/// <summary>What is true of a run.</summary>
/// <param name="Faults">The labels that are right; empty for a healthy one.</param>
/// <param name="Also">Labels that are neither right nor wrong.</param>
/// <param name="IsLayerRight">Returns whether the layers that were named with a label are right; null if that fault is in no layer of its own.</param>
internal sealed record Truth(IReadOnlyList<string> Faults, IReadOnlyList<string> Also, Func<string, IReadOnlyList<int>, bool?> IsLayerRight)
{
    /// <summary>States and remarks that are no fault of their own.</summary>
    public static IReadOnlyList<string> Remarks { get; } = ["plateau", "prior-only", "observation"];

    /// <summary>True if nothing is wrong.</summary>
    public bool IsHealthy => Faults.Count == 0;
}

/// <summary>What a judge said of a run, beside what is true of it.</summary>
/// <param name="Case">The run's case, which may have several seeds.</param>
/// <param name="Kind">The kind of fault or of healthy network, or the group of a real case.</param>
/// <param name="Severity">How much the fault hurts; null for a healthy run.</param>
/// <param name="Truth">What is true.</param>
/// <param name="Said">What was said, in order.</param>
internal sealed record Judgement(string Case, string Kind, Severity? Severity, Truth Truth, IReadOnlyList<Said> Said)
{
    private const int Few = 3;

    /// <summary>True if the first thing said is right.</summary>
    public bool IsFirstRight => Answers.FirstOrDefault() is { } first && IsRight(first);

    /// <summary>True if one of the first three things said is right.</summary>
    public bool IsOneOfThreeRight => Answers.Take(Few).Any(IsRight);

    /// <summary>True if anything said is right.</summary>
    public bool IsFound => Said.Any(IsRight);

    /// <summary>How many of the things said are right.</summary>
    public int Right => Said.Count(IsRight);

    /// <summary>What was said and is wrong: of a healthy run, everything but that it is healthy, and remarks.</summary>
    public IReadOnlyList<Said> Wrong => [.. Said.Where(said => !IsRight(said) && !said.Labels.Any(IsNeutral))];

    /// <summary>Whether the judge names the layer at fault where it names the fault; null if no layer is at fault or the fault is not found.</summary>
    public bool? IsLayerRight => Said.SelectMany(said => said.Labels.Where(Truth.Faults.Contains).Select(label => Truth.IsLayerRight(label, said.Layers)))
        .Where(right => right is not null).OrderDescending().FirstOrDefault();

    // Remarks are no answers: they take no place in the order.
    private IEnumerable<Said> Answers => Said.Where(said => !said.Labels.All(Truth.Remarks.Contains));

    private bool IsRight(Said said) => said.Labels.Any(Truth.Faults.Contains);

    private bool IsNeutral(string label) => Truth.Remarks.Contains(label) || Truth.Also.Contains(label) || Truth.IsHealthy && label == "healthy";
}
