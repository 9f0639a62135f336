namespace Sonde.FaultBenchmark.Seeded.Faults;

/// <summary>Labels that several kinds of fault bring with them: states that follow, and other knobs that would help. Neither right nor wrong if said.</summary>
internal static class FaultLabels
{
    /// <summary>What any badly scaled network shows.</summary>
    public static IReadOnlyList<string> States { get; } =
        ["vanishing", "exploding", "saturated-at-start", "saturating", "dead-units", "non-finite", "too-linear"];

    /// <summary>Of a scale that does not fit.</summary>
    public static IReadOnlyList<string> Scale { get; } =
        [.. States, "init-too-large", "init-too-small", "rate-high", "rate-low", "too-few-updates", "optimizer-wrong"];

    /// <summary>Of a network that moves too little.</summary>
    public static IReadOnlyList<string> Slow { get; } = [.. States, "init-too-small", "rate-low", "too-few-updates", "optimizer-wrong"];

    /// <summary>Of a network that moves too much.</summary>
    public static IReadOnlyList<string> Unstable { get; } = [.. States, "init-too-large", "optimizer-wrong", "symmetric-units"];
}
