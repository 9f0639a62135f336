using Sonde.Numerics.Checks;

namespace Sonde.Diagnosis;

/// <summary>Something seen in a trial's records, with the numbers it rests on.</summary>
/// <param name="Name">The finding's name, one of <see cref="FindingList"/>: <c>TopLayerCollapse</c>.</param>
/// <param name="Sentence">One plain English sentence with its numbers.</param>
/// <param name="Evidence">Each number the sentence rests on, by name, unrounded; errors in per cent, shares from 0 to 1.</param>
public sealed record Finding(string Name, string Sentence, IReadOnlyDictionary<string, double> Evidence)
{
    /// <summary>The finding's name, one of <see cref="FindingList"/>.</summary>
    public string Name { get; init => field = Given.NotNull(value, nameof(Name)); } = Given.NotNull(Name, nameof(Name));

    /// <summary>One plain English sentence with its numbers.</summary>
    public string Sentence { get; init => field = Given.NotNull(value, nameof(Sentence)); } = Given.NotNull(Sentence, nameof(Sentence));

    /// <summary>Each number the sentence rests on, by name.</summary>
    public IReadOnlyDictionary<string, double> Evidence { get; init => field = Given.NotNull(value, nameof(Evidence)); } =
        Given.NotNull(Evidence, nameof(Evidence));
}
