using Sonde.Numerics.Checks;

namespace Sonde.Diagnosis;

/// <summary>Something seen in a trial's records, with the numbers it rests on.</summary>
/// <param name="Name">The finding's name: <c>vanishing-gradients</c>.</param>
/// <param name="Sentence">One plain English sentence with its numbers.</param>
/// <param name="Evidence">Each number the sentence rests on, by name, unrounded; errors in per cent, shares from 0 to 1.</param>
public sealed record Finding(string Name, string Sentence, IReadOnlyDictionary<string, double> Evidence)
{
    /// <summary>A finding of at least this confidence is said; one below it is a remark.</summary>
    public const double LeastConfidence = 0.5;

    /// <summary>The finding's name.</summary>
    public string Name { get; init => field = Given.NotNull(value, nameof(Name)); } = Given.NotNull(Name, nameof(Name));

    /// <summary>One plain English sentence with its numbers.</summary>
    public string Sentence { get; init => field = Given.NotNull(value, nameof(Sentence)); } = Given.NotNull(Sentence, nameof(Sentence));

    /// <summary>Each number the sentence rests on, by name.</summary>
    public IReadOnlyDictionary<string, double> Evidence { get; init => field = Given.NotNull(value, nameof(Evidence)); } =
        Given.NotNull(Evidence, nameof(Evidence));

    /// <summary>The id, which never changes: <c>SO305</c>. A finding that a program registered has its name here.</summary>
    public string Id { get; init => field = Given.NotNull(value, nameof(Id)); } = Given.NotNull(Name, nameof(Name));

    /// <summary>The kind of fault that it points to, such as <c>vanishing</c> or <c>rate-high</c>; <c>observation</c> for no fault.</summary>
    public string Label { get; init => field = Given.NotNull(value, nameof(Label)); } = FaultLabel.Observation;

    /// <summary>The layers in which it was seen, in order; the output layer is the depth + 1, the input 0. Empty if it is not about layers.</summary>
    public IReadOnlyList<int> Layers { get; init => field = Given.NotNull(value, nameof(Layers)); } = [];

    /// <summary>The first update at which it was seen.</summary>
    public long FirstUpdate { get; init => field = Given.AtLeast(0L, value, nameof(FirstUpdate)); }

    /// <summary>The last update at which it was seen.</summary>
    public long LastUpdate { get; init => field = Given.AtLeast(0L, value, nameof(LastUpdate)); }

    /// <summary>How sure it is, from 0 to 1; below <see cref="LeastConfidence"/> it is a remark.</summary>
    public double Confidence { get; init => field = Given.AtMost(1, value, nameof(Confidence)); } = 1;

    /// <summary>The id of the finding that it is a consequence of; null for a cause.</summary>
    public string? ConsequenceOf { get; init; }

    /// <summary>True if a cause that is said makes this finding a remark, as <see cref="FindingRule.IsExplainedAway"/> does for all of a rule.</summary>
    internal bool IsGuess { get; init; }

    /// <summary>The end of <see cref="Sentence"/> that says what to do and no message says before it; empty if there is none.</summary>
    internal string Advice { get; init; } = "";

    /// <summary>Why it harms, in a sentence or two.</summary>
    public string Mechanism { get; init => field = Given.NotNull(value, nameof(Mechanism)); } = "";

    /// <summary>Where the mechanism is explained; empty if it is plain arithmetic.</summary>
    public string Source { get; init => field = Given.NotNull(value, nameof(Source)); } = "";

    /// <summary>True for a fault that is said, false for states and remarks.</summary>
    public bool IsFault => IsSaid && FaultLabel.IsFault(Label);

    /// <summary>True for a finding that is sure enough to be said; false for a remark.</summary>
    public bool IsSaid => Confidence >= LeastConfidence;
}
