using Sonde.Studies.Grids;

namespace Sonde.Studies;

/// <summary>A set of trials: one setting and one seed each.</summary>
public sealed class Study
{
    internal Study(string name, string? description, GivenSettings settings, IReadOnlyList<GivenVariant> variants, IReadOnlyList<Trial> trials) =>
        (Name, Description, Settings, Variants, Trials) = (name, description, settings, variants, trials);

    /// <summary>The study's name: letters, digits, dots, hyphens and underscores, in parts set apart by slashes.</summary>
    public string Name { get; }

    /// <summary>The first comment line of its file; null where there is none.</summary>
    public string? Description { get; }

    /// <summary>Every trial that the grid and the variants mean, in order.</summary>
    public IReadOnlyList<Trial> Trials { get; }

    /// <summary>What it says for all trials, defaults included.</summary>
    internal GivenSettings Settings { get; }

    /// <summary>Named settings laid over the rest; empty where there are none.</summary>
    internal IReadOnlyList<GivenVariant> Variants { get; }
}

/// <summary>One training run of a study.</summary>
/// <param name="Id">Short, readable and unique in the study, such as <c>tanh-normalized-lr0.01-s1</c> or, of a variant, <c>sigmoid-4-s1</c>.</param>
/// <param name="Setting">All of its settings.</param>
public sealed record Trial(string Id, TrialSetting Setting);
