namespace Sonde.FaultBenchmark.Seeded;

/// <summary>What a case may be used for.</summary>
internal enum Part
{
    /// <summary>Thresholds may be set by it.</summary>
    Calibrate,

    /// <summary>Only scored: its strengths, data sets, networks and seeds are others.</summary>
    HeldOut,
}

/// <summary>A network that learns what can be learnt, of one kind in one part.</summary>
/// <param name="Kind">What is particular about it.</param>
/// <param name="Part">The part of the benchmark.</param>
/// <param name="Recipe">The training.</param>
internal sealed record HealthyNetwork(string Kind, Part Part, Recipe Recipe)
{
    /// <summary>A name that no other healthy network has.</summary>
    public string Name => $"{Kind}-{Recipe.Data.Name}";
}

/// <summary>A kind of fault.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Faults">The labels that are right: what was done, and what says the same in other words.</param>
/// <param name="Also">States that follow from it and other knobs that would help: neither right nor wrong if said.</param>
/// <param name="Strengths">Two strengths of the part to calibrate on, and two that are held out.</param>
/// <param name="Suits">True for a healthy network that can have it.</param>
/// <param name="Apply">Returns the network with the fault, of one of the strengths.</param>
internal sealed record FaultKind(
    string Name, IReadOnlyList<string> Faults, IReadOnlyList<string> Also, ((double, double) Calibrate, (double, double) HeldOut) Strengths,
    Func<Recipe, bool> Suits, Func<Recipe, double, Recipe> Apply)
{
    /// <summary>Returns the layer at fault, of a network that has it; null if it is in no single layer.</summary>
    public Func<Recipe, int?> Layer { get; init; } = _ => null;
}

/// <summary>Trials of one setting and several seeds, and what is true of them.</summary>
/// <param name="Name">Its name, also that of its folder.</param>
/// <param name="Kind">The kind of fault, or of healthy network.</param>
/// <param name="Part">The part of the benchmark.</param>
/// <param name="Base">The healthy network that it is, or is made of.</param>
/// <param name="Recipe">The training.</param>
/// <param name="Seeds">Seeds of its trials.</param>
internal sealed record SeededCase(string Name, string Kind, Part Part, string Base, Recipe Recipe, IReadOnlyList<int> Seeds)
{
    /// <summary>The labels that are right; empty for a healthy network.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Labels that are neither right nor wrong.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>The number of the layer at fault, the output layer being the depth + 1; null if it is in no single layer.</summary>
    public int? Layer { get; init; }

    /// <summary>True if nothing was broken.</summary>
    public bool IsHealthy => Faults.Count == 0;
}
