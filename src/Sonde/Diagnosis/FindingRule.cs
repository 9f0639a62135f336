using Sonde.Numerics.Checks;

namespace Sonde.Diagnosis;

/// <summary>A finding that Sonde looks for: what it is called, how it is looked for, and what explains it.</summary>
/// <param name="Id">Stable: <c>SO305</c>.</param>
/// <param name="Name">Its name: <c>vanishing-gradients</c>.</param>
/// <param name="Label">A word of <see cref="FaultLabel"/>.</param>
internal sealed record FindingRule(string Id, string Name, string Label)
{
    /// <summary>Looks for it; null if it is not there.</summary>
    public required Func<TrialHistory, Finding?> Find { get; init => field = Given.NotNull(value, nameof(Find)); }

    /// <summary>Says what the records lack, as a clause; null if nothing.</summary>
    public Func<TrialHistory, string?> Lacks { get; init; } = _ => null;

    /// <summary>Names of findings that explain this one if they are found too, the likeliest first.</summary>
    public IReadOnlyList<string> ConsequenceOf { get; init; } = [];

    /// <summary>True for a guess that a cause which is said makes unlikely: it is then a remark.</summary>
    public bool IsExplainedAway { get; init; }

    /// <summary>True for what follows from the setting and the data alone: it holds for a trial that does well, too.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Why it harms.</summary>
    public string Mechanism { get; init; } = "";

    /// <summary>Where that is explained: a key of <c>docs/sources.md</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>Looks for it, and writes on it how it is listed.</summary>
    public Finding? FindIn(TrialHistory trial)
    {
        if (Find(trial) is not { } found)
            return null;
        long UpdateOr(long known) => known == 0 && found.Evidence.TryGetValue("update", out var update) ? (long)update : known;
        return found with
        {
            Id = Id,
            Name = Name,
            Label = found.Label == FaultLabel.Observation ? Label : found.Label,
            Mechanism = Mechanism,
            Source = Source,
            Layers = found.Layers.Count == 0 && found.Evidence.TryGetValue("layer", out var layer) ? [(int)layer] : found.Layers,
            // States are certain, and no cause: they come after the faults that are said.
            Confidence = Label is FaultLabel.Observation or FaultLabel.PriorOnly or FaultLabel.Plateau && found.Confidence == 1 && Id != Name
                ? Finding.LeastConfidence
                : found.Confidence,
            FirstUpdate = UpdateOr(found.FirstUpdate),
            LastUpdate = UpdateOr(found.LastUpdate),
        };
    }
}
