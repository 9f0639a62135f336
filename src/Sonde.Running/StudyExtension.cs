using System.Globalization;
using System.Text.RegularExpressions;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running;

/// <summary>Makes the trials of a run folder longer: <c>sonde run STUDY|DIR --more-updates N</c>.</summary>
/// <remarks><see cref="Begin"/> replaces <c>study.yaml</c> in one step and marks it with the number of updates that were added. A process that is killed
/// leaves the mark, so the same call again adds nothing. <see cref="End"/> removes the mark when all trials are done.</remarks>
public static partial class StudyExtension
{
    /// <summary>Returns the study with more updates, and changes nothing on disk.</summary>
    /// <param name="directory">The run folder.</param>
    /// <param name="more">Updates to add to every trial, 1 or more.</param>
    /// <param name="given">The study that ran there, to check that it is the same; null to take the folder's as it is.</param>
    /// <exception cref="RecordException">There is no run folder, or its study is damaged.</exception>
    /// <exception cref="StudyException">The folder holds another study, or one that cannot be made longer, or an extension by another number of updates is
    /// not finished.</exception>
    public static Study Plan(string directory, long more, Study? given = null) => Plan(directory, more, given, out _);

    /// <summary>Makes the study of a run folder longer, unless an earlier call with the same number did and was not finished.</summary>
    /// <returns>The longer study, to be run into the same folder.</returns>
    /// <inheritdoc cref="Plan(string, long, Study?)"/>
    public static Study Begin(string directory, long more, Study? given = null)
    {
        var longer = Plan(directory, more, given, out var run);
        run?.ReplaceStudy(StudyFile.Write(longer) + string.Create(CultureInfo.InvariantCulture, $"# {more} more updates for every trial, not finished yet\n"));
        return longer;
    }

    /// <summary>Notes that all trials of an extension are done. Does nothing if none is under way.</summary>
    /// <param name="directory">The run folder.</param>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public static void End(string directory)
    {
        var run = RunFolder.Open(directory);
        if (run.ReadStudy() is { } text && Mark().Match(text) is { Success: true } mark)
            run.ReplaceStudy(text[..mark.Index]);
    }

    /// <summary>Returns the longer study, and the folder whose study is still to be replaced: null if that was done.</summary>
    private static Study Plan(string directory, long more, Study? given, out RunFolder? run)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(more);
        run = RunFolder.Open(directory);
        var text = run.ReadStudy() ?? throw new StudyException(
            $"{directory}: there is no {RunFolder.StudyFileName}. Run the study without --more-updates first, which writes it again.");
        var there = StudyFile.Parse(text, Path.Combine(directory, RunFolder.StudyFileName));
        if (given is not null)
            CheckSame(directory, there, given.WithIntervalsOf(there));
        if (Mark().Match(text) is not { Success: true } mark)
            return LongerTrials.Lengthen(there, more);
        if (long.Parse(mark.Groups["more"].Value, CultureInfo.InvariantCulture) is var unfinished && unfinished != more)
            throw new StudyException($"{directory}: {unfinished} more updates were asked for before, and not all trials have them yet. "
                + $"Run with --more-updates {unfinished} to finish that first.");
        run = null;
        return there;
    }

    private static void CheckSame(string directory, Study there, Study given)
    {
        var trials = given.Trials.ToDictionary(trial => trial.Id);
        var different = there.Trials.FirstOrDefault(
            trial => !trials.TryGetValue(trial.Id, out var same) || !LongerTrials.IsSameApartFromUpdates(trial.Setting, same.Setting));
        if (there.Name != given.Name || different is not null || trials.Count != there.Trials.Count)
            throw new StudyException($"{directory} holds another study than the one you gave"
                + (different is null ? "" : $": its trial {different.Id} has no equal there") + ". --more-updates changes nothing but the number of updates; "
                + $"give the folder instead of the study: sonde run {directory} --more-updates N.");
    }

    [GeneratedRegex(@"^# (?<more>[0-9]+) more updates for every trial, not finished yet\n\z", RegexOptions.Multiline)]
    private static partial Regex Mark();
}
