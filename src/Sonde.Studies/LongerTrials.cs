using System.Globalization;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Grids;

namespace Sonde.Studies;

/// <summary>Makes the trials of a study longer, and recognizes trials that were made longer.</summary>
internal static class LongerTrials
{
    /// <summary>Returns the study with more updates in every trial. All other settings stay, the intervals of probes and checkpoints too.</summary>
    /// <param name="study">The study.</param>
    /// <param name="more">Updates to add, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">more is 0 or negative.</exception>
    /// <exception cref="StudyException">The study varies the number of updates, which then is part of its trials' names; or there would be too
    /// many.</exception>
    public static Study Lengthen(Study study, long more)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(more);
        if (study.Trials.FirstOrDefault(trial => DependsOnLength(trial.Setting)) is { } bound)
            throw new StudyException($"{study.Name}: the learning rate of {bound.Id} falls to 0 at the end of its updates (training.schedule), so a "
                + "longer trial is another one from the start. Run a study with more updates into a folder of its own with --out.");
        var longer = new Study(
            study.Name, study.Description, Lengthen(study.Name, InUpdates(study), more),
            [.. study.Variants.Select(variant => variant with { Settings = Lengthen(study.Name, variant.Settings, more) })], study.Trials,
            study.Search);
        return StudyFile.Parse(StudyFile.Write(longer), study.Name);
    }

    /// <summary>Returns true if a trial is a recorded one with more updates, and the same in all other settings.</summary>
    /// <param name="setting">The trial's setting.</param>
    /// <param name="recorded">A setting that <c>trial.json</c> recorded.</param>
    public static bool IsLonger(TrialSetting setting, IReadOnlyDictionary<string, string> recorded)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(recorded);
        return !DependsOnLength(setting) && TrialSetting.Read(recorded).Updates is { } updates && updates < setting.Plan.Updates
            && IsSameApartFromUpdates(setting.Flat, recorded);
    }

    /// <summary>Returns true if two trials have the same settings apart from the number of updates.</summary>
    /// <param name="setting">One trial's setting.</param>
    /// <param name="other">The other's.</param>
    public static bool IsSameApartFromUpdates(TrialSetting setting, TrialSetting other)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(other);
        return IsSameApartFromUpdates(setting.Flat, other.Flat);
    }

    private static bool DependsOnLength(TrialSetting setting) => OptimizerFields.ScheduleOf(setting.Flat).DependsOnLength;

    private static bool IsSameApartFromUpdates(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Keys.Union(other.Keys).All(key => key is FieldList.Updates or FieldList.Epochs || one.GetValueOrDefault(key) == other.GetValueOrDefault(key));

    /// <summary>The settings with updates in place of epochs, which more updates would make a fraction.</summary>
    private static GivenSettings InUpdates(Study study)
    {
        if (study.Variants.All(variant => variant.Settings.Find(FieldList.Epochs) is null) && study.Settings.Find(FieldList.Epochs) is null)
            return study.Settings;
        var first = study.Trials[0].Setting.Flat;
        string[] paths = [FieldList.Updates, .. Intervals.Paths];
        if (study.Settings.Fields.GetValueOrDefault(FieldList.Epochs) is not { IsList: false } given
            || study.Variants.Any(variant => variant.Settings.SetsLength)
            || study.Trials.Any(trial => paths.Any(path => trial.Setting.Flat[path] != first[path])))
            throw new StudyException($"{study.Name}: {FieldList.Epochs} means different numbers of updates in this study, so its trials cannot be made longer "
                + "by one number. Run a study with more epochs into a folder of its own with --out.");
        var fields = study.Settings.Fields.Where(field => field.Key != FieldList.Epochs).ToDictionary();
        foreach (var path in paths.Where(path => study.Settings.Find(path) is null))
            fields[path] = given with { Texts = [first[path]] };
        return study.Settings with { Fields = fields };
    }

    private static GivenSettings Lengthen(string study, GivenSettings settings, long more)
    {
        if (settings.Zip.Concat(settings.Exclude).Any(group => group.Fields.ContainsKey(FieldList.Updates))
            || settings.Fields.GetValueOrDefault(FieldList.Updates) is { IsList: true })
            throw new StudyException($"{study}: {FieldList.Updates} varies in this study, so its trials are named by it and cannot be made longer. "
                + "Run a study with other values into a folder of its own with --out.");
        if (settings.Fields.GetValueOrDefault(FieldList.Updates) is not { } given)
            return settings;
        // In 128 bits, so that reading the study refuses what is too long with its own sentence.
        var updates = (Int128.Parse(given.Texts[0], CultureInfo.InvariantCulture) + more).ToString(CultureInfo.InvariantCulture);
        return settings with { Fields = new(settings.Fields) { [FieldList.Updates] = given with { Texts = [updates] } } };
    }
}
