using Sonde.Networks;

namespace Sonde.Interop.Watching;

/// <summary>What is known of a training besides its numbers; null for what is not.</summary>
internal sealed record TrainingFacts
{
    /// <summary>Where it comes from, such as <c>pytorch 2.4.0</c>.</summary>
    public string? Framework { get; init; }

    /// <summary>The cost that it minimizes.</summary>
    public Cost? Cost { get; init; }

    /// <summary>Examples per update.</summary>
    public int? Batch { get; init; }

    /// <summary>Updates that it did in all.</summary>
    public long? Updates { get; init; }

    /// <summary>Updates between two observations.</summary>
    public long? Every { get; init; }

    /// <summary>The optimizer, as its framework calls it.</summary>
    public string? Optimizer { get; init; }

    /// <summary>The step size.</summary>
    public double? LearningRate { get; init; }

    /// <summary>True if the targets are numbers, and the errors what is left of their variance.</summary>
    public bool HasNumbers { get; init; }

    /// <summary>True if every output answers yes or no by itself.</summary>
    public bool HasAnswers { get; init; }

    /// <summary>What its curves count instead of updates, in the singular; null if they count updates.</summary>
    public string? CountedIn { get; init; }

    /// <summary>False if only curves are known and no layer.</summary>
    public bool HasNetwork { get; init; } = true;
}
