using Sonde.Diagnosis.Remedies;
using Sonde.Studies.Fields;
using Sonde.Studies.Grids;

namespace Sonde.Studies;

/// <summary>A set of trials: one setting and one seed each.</summary>
public sealed class Study
{
    // A larger number is a seed that somebody likes.
    private const int MostSeedsMeant = 20;

    internal Study(
        string name, string? description, GivenSettings settings, IReadOnlyList<GivenVariant> variants, IReadOnlyList<Trial> trials,
        HalvingSearch? search = null) =>
        (Name, Description, Settings, Variants, Trials, Search) = (name, description, settings, variants, trials, search);

    /// <summary>The study's name: letters, digits, dots, hyphens and underscores, in parts set apart by slashes.</summary>
    public string Name { get; }

    /// <summary>The first comment line of its file; null if there is none.</summary>
    public string? Description { get; }

    /// <summary>Every trial of the grid and the variants, in order.</summary>
    public IReadOnlyList<Trial> Trials { get; }

    /// <summary>How the trials compete; null if each of them trains to its end.</summary>
    internal HalvingSearch? Search { get; }

    /// <summary>Sentences about what may be meant otherwise than it was written; usually none.</summary>
    public IReadOnlyList<string> Remarks => [.. new[] { SeedsRemark, SearchRemark }.OfType<string>()];

    private string? SeedsRemark => Settings.Fields.GetValueOrDefault(FieldList.Seeds) is { IsList: false, Texts: [var seed] }
        && int.TryParse(seed, out var number) && number is > 1 and <= MostSeedsMeant
            ? $"seeds: {seed} means one trial of each setting, with the seed {seed}; for {seed} trials of each write "
                + $"seeds: [{string.Join(", ", Enumerable.Range(1, number))}]" : null;

    private string? SearchRemark => Search is { } search && search.Survivors >= Trials.Count
        ? $"search: {search.Survivors} survivors of {(Trials.Count == 1 ? "1 trial" : $"{Trials.Count} trials")} mean that the search stops none; "
            + "give fewer survivors or more trials" : null;

    /// <summary>Its settings for all trials, defaults included.</summary>
    internal GivenSettings Settings { get; }

    /// <summary>Named settings laid over the rest; empty if there are none.</summary>
    internal IReadOnlyList<GivenVariant> Variants { get; }

    /// <summary>Reads the same text again with more overrides.</summary>
    internal Func<IReadOnlyList<string>, Study> ReadAgain { get; init; } = _ => throw new InvalidOperationException("This study has no text to read again.");

    /// <summary>Paths of the intervals that the study leaves open, so that they follow the number of updates.</summary>
    internal IReadOnlyList<string> OpenIntervals { get; init; } = [];

    /// <summary>Returns a study of one setting with a change.</summary>
    /// <param name="name">The study's name.</param>
    /// <param name="setting">The setting that is changed.</param>
    /// <param name="change">The change, such as that of a remedy; an empty one for the setting as it is.</param>
    /// <param name="seeds">The seeds; null for the setting's own.</param>
    /// <param name="updates">Updates of a training without the change; null for the setting's own. A change of updates multiplies them.</param>
    /// <param name="description">A line that says what the study is; null for none.</param>
    public static Study WithChange(
        string name, TrialSetting setting, SettingChange change, IReadOnlyList<ulong>? seeds = null, long? updates = null, string? description = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(change);
        return ChangedStudy.Of(name, setting, change, seeds, updates, description);
    }

    /// <summary>Returns this study with the intervals that a run folder has recorded, for those that this study leaves open.</summary>
    /// <param name="recorded">The study of the run folder.</param>
    /// <remarks>Default intervals follow the number of updates. A run that is extended, or that an older Sonde began, keeps those it began with.</remarks>
    public Study WithIntervalsOf(Study recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        string[] kept = [.. from path in OpenIntervals
            where recorded.Settings.Find(path) is { Texts: [var only] } && Settings.Find(path)?.Texts.Contains(only) is not true
            select $"{path}={recorded.Settings.Find(path)!.Texts[0]}"];
        return kept.Length == 0 ? this : ReadAgain(kept);
    }
}

/// <summary>One training run of a study.</summary>
/// <param name="Id">Short, readable and unique in the study, such as <c>tanh-normalized-lr0.01-s1</c> or, of a variant, <c>sigmoid-4-s1</c>.</param>
/// <param name="Setting">All of its settings.</param>
public sealed record Trial(string Id, TrialSetting Setting);
