using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Trials;

/// <summary>Makes a run folder for a study, or makes sure that the one there is of this very study, or of one to which it adds trials.</summary>
internal static class RunDirectory
{
    private const string StudyFileName = "study.yaml";

    public static RunFolder Prepare(string directory, Study study, Action<string> notice)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (File.Exists(directory))
            throw new StudyException($"{directory}: expected a folder for the run, got a file. Name another place with --out.");
        bool HasStudy() => File.Exists(Path.Combine(directory, StudyFileName));
        // Asked again after looking around: another process may be starting with the same study at this moment.
        if (!HasStudy() && HoldsOtherFiles(directory) && !HasStudy())
            throw new StudyException($"{directory}: expected a new or empty folder, or a run folder, got one that holds other files and no {StudyFileName}. "
                + "Name another place with --out.");
        if (!HasStudy())
            RunFolder.Create(directory, StudyFile.Write(study));
        var run = RunFolder.Open(directory);
        Study there;
        try
        {
            there = Read(run);
        }
        catch (RecordException damage)
        {
            Mend(run, study, damage, notice);
            return run;
        }
        CheckTrials(directory, there, study);
        if (study.Trials.Count > there.Trials.Count)
        {
            run.WriteStudy(StudyFile.Write(study));
            notice($"{directory}: the study there had {there.Trials.Count} of these {study.Trials.Count} trials; what was trained stays as it is");
        }
        return run;
    }

    /// <summary>Returns the study with the intervals that its run folder began with, for those that the study leaves open.</summary>
    /// <param name="directory">The run folder; it need not exist.</param>
    /// <param name="study">The study.</param>
    public static Study WithIntervals(string directory, Study study)
    {
        try
        {
            return File.Exists(Path.Combine(directory, StudyFileName)) ? study.WithIntervalsOf(Read(RunFolder.Open(directory))) : study;
        }
        catch (Exception unreadable) when (unreadable is RecordException or StudyException)
        {
            // Prepare says what is wrong with the folder, or mends it.
            return study;
        }
    }

    private static bool HoldsOtherFiles(string directory) => Directory.Exists(directory)
        && Directory.EnumerateFileSystemEntries(directory).Any(entry => !Path.GetFileName(entry).StartsWith(StudyFileName, StringComparison.Ordinal));

    /// <summary>A damaged study is written anew where what was trained is all of the study given.</summary>
    private static void Mend(RunFolder run, Study study, RecordException damage, Action<string> notice)
    {
        foreach (var manifest in run.Trials.Select(run.FindManifest).OfType<TrialManifest>())
        {
            var trial = study.Trials.FirstOrDefault(trial => trial.Id == manifest.Id);
            if (manifest.Study != study.Name || trial is null || !trial.Setting.Flat.OrderBy(s => s.Key).SequenceEqual(manifest.Setting.OrderBy(s => s.Key)))
                throw new StudyException($"{damage.Message} The trial {manifest.Id} there is not one of the study given.", damage);
        }
        notice($"{damage.Message} It is kept as {run.ReplaceDamagedStudy(StudyFile.Write(study))}, and the study given is written in its place.");
    }

    /// <summary>The run folder of a study; null where there is none yet. Nothing is made.</summary>
    /// <exception cref="StudyException">The folder is another study's.</exception>
    public static RunFolder? Find(string directory, Study study)
    {
        if (!File.Exists(Path.Combine(directory, StudyFileName)))
            return null;
        var run = RunFolder.Open(directory);
        CheckTrials(directory, Read(run), study);
        return run;
    }

    private static Study Read(RunFolder run)
    {
        var path = Path.Combine(run.Directory, StudyFileName);
        try
        {
            return StudyFile.Parse(run.ReadStudy() ?? "", path);
        }
        catch (StudyException e)
        {
            throw new StudyException($"{path}: expected the study that was run here, got a file that was changed since. Restore it, or name another place with "
                + $"--out. {e.Message}", e);
        }
    }

    /// <summary>Every trial there must be one of the study; it may have more.</summary>
    private static void CheckTrials(string directory, Study there, Study here)
    {
        if (Difference(there, here) is { } difference)
            throw new StudyException($"{directory}: expected the run folder of this very study, got one where {difference}. Name another place with --out, or "
                + "delete this one.");
    }

    private static string? Difference(Study there, Study here)
    {
        if (there.Name != here.Name)
            return $"study is '{there.Name}' instead of '{here.Name}'";
        // By id, not by place: a study whose keys or variants stand in another order is the same study.
        var (before, after) = (there.Trials.ToDictionary(t => t.Id), here.Trials.ToDictionary(t => t.Id));
        if (there.Trials.FirstOrDefault(t => !after.ContainsKey(t.Id)) is { } gone)
            return here.Trials.FirstOrDefault(t => !before.ContainsKey(t.Id)) is { } added
                ? $"a trial is {gone.Id} instead of {added.Id}" : $"there is a trial {gone.Id} too";
        foreach (var now in here.Trials.Where(t => before.ContainsKey(t.Id)))
        {
            var (was, isNow) = (before[now.Id].Setting.Flat, now.Setting.Flat);
            if (was.Keys.Union(isNow.Keys).FirstOrDefault(key => was.GetValueOrDefault(key) != isNow.GetValueOrDefault(key)) is { } key)
                return $"{key} of {now.Id} is {was.GetValueOrDefault(key, "not set")} instead of {isNow.GetValueOrDefault(key, "not set")}";
        }
        return null;
    }
}
