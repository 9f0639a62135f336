namespace Sonde.Studies;

/// <summary>A set of trials: one setting and one seed each.</summary>
public sealed record Study
{
    /// <summary>The study's name: letters, digits, dots, hyphens and underscores, in parts set apart by slashes.</summary>
    public required string Name { get; init; }

    /// <summary>The first comment line of its file; null where there is none.</summary>
    public string? Description { get; init; }

    /// <summary>What the study says for all trials, defaults included: a path such as <c>network.activation</c> to one value, or to several for a grid.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Settings { get; init; }

    /// <summary>Named settings laid over the rest; empty where there are none.</summary>
    public required IReadOnlyList<StudyVariant> Variants { get; init; }

    /// <summary>Every trial that the grid and the variants mean, in order.</summary>
    public required IReadOnlyList<Trial> Trials { get; init; }
}

/// <summary>Named settings laid over the rest of a study.</summary>
/// <param name="Name">The name, which begins the ids of its trials.</param>
/// <param name="Settings">What it sets, as in <see cref="Study.Settings"/>.</param>
public sealed record StudyVariant(string Name, IReadOnlyDictionary<string, IReadOnlyList<string>> Settings);

/// <summary>One training run of a study.</summary>
/// <param name="Id">Short, readable and unique in the study, such as <c>tanh-normalized-lr0.01-s1</c> or, of a variant, <c>sigmoid-4-s1</c>.</param>
/// <param name="Setting">All of its settings.</param>
public sealed record Trial(string Id, TrialSetting Setting);
