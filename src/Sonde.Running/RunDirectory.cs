using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running;

/// <summary>Makes the run folder of a study, or checks that a run folder holds this study or one to which it adds trials.</summary>
internal static class RunDirectory
{
    /// <summary>The folder in the run folder with what workers on Slurm print.</summary>
    public const string SlurmFolderName = "slurm";

    /// <summary>Makes or opens the run folder of a study.</summary>
    /// <exception cref="StudyException">The folder holds another study, or files that are no run.</exception>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public static RunFolder Prepare(string directory, Study study, Action<string> notice)
    {
        if (File.Exists(directory))
            throw new StudyException($"{directory}: expected a folder for the run, got a file. Name another folder with --out.");
        // Asked again after the files are listed: another process may start with the same study at this moment.
        if (!HasStudy(directory) && HoldsOtherFiles(directory) && !HasStudy(directory))
            throw new StudyException($"{directory}: expected a new or empty folder, or a run folder, got one that holds other files and no "
                + $"{RunFolder.StudyFileName}. Name another folder with --out.");
        if (!HasStudy(directory))
        {
            if (FindOrphan(directory) is { } orphan)
            {
                CheckRecorded(orphan, study, new($"{directory}: there is no {RunFolder.StudyFileName}."));
                notice($"{directory}: there is no {RunFolder.StudyFileName}; the trials there are of this study, so Sonde writes it again");
            }
            RunFolder.Create(directory, StudyFile.Write(study));
        }
        var run = RunFolder.Open(directory);
        if (run.HasForeignStudy)
            throw new StudyException($"{Path.Combine(directory, RunFolder.StudyFileName)}: Sonde did not write this file, and would have to replace it: "
                + "its last line is no digest. Name another folder for the run with --out.");
        run.RemoveLeftovers();
        Study there;
        try
        {
            there = Read(run, study);
        }
        catch (RecordException damage)
        {
            CheckRecorded(run, study, damage);
            notice($"{damage.Message} It is kept as {run.ReplaceDamagedStudy(StudyFile.Write(study))}, and the given study is written in its place.");
            return run;
        }
        CheckTrials(directory, there, study);
        if (study.Trials.Count > there.Trials.Count)
        {
            var finished = there.Trials.Count(trial => run.FindManifest(trial.Id) is { } manifest && TrialStatus.IsFinished(manifest.Status));
            run.ReplaceStudy(StudyFile.Write(study));
            notice($"{directory}: {Kept(there.Trials.Count, finished)}, {Are(study.Trials.Count - there.Trials.Count)} added");
        }
        return run;
    }

    /// <summary>Finds the run folder of a study, or of one with fewer updates. Returns null if there is none yet, and makes nothing.</summary>
    /// <exception cref="StudyException">The folder holds another study.</exception>
    public static RunFolder? Find(string directory, Study study)
    {
        if (!HasStudy(directory))
            return null;
        var run = RunFolder.Open(directory);
        CheckTrials(directory, Read(run, study), study, mayBeLonger: true);
        return run;
    }

    /// <summary>Returns the study with the intervals that its run folder began with, for those that the study leaves open.</summary>
    /// <param name="directory">The run folder; it need not exist.</param>
    /// <param name="study">The study.</param>
    public static Study WithIntervals(string directory, Study study)
    {
        try
        {
            return HasStudy(directory) ? study.WithIntervalsOf(Read(RunFolder.Open(directory), study)) : study;
        }
        catch (Exception unreadable) when (unreadable is RecordException or StudyException)
        {
            // Prepare says what is wrong with the folder, or mends it.
            return study;
        }
    }

    /// <summary><c>the 16 finished trials are kept</c>.</summary>
    private static string Kept(int all, int finished)
    {
        var trials = all == 1 ? "trial" : $"{all} trials";
        return finished == all ? $"the {(all == 1 ? "" : $"{all} ")}finished {(all == 1 ? "trial is" : "trials are")} kept"
            : $"the {trials} there {(all == 1 ? "is" : "are")} kept, {finished} of them finished";
    }

    private static string Are(int count) => count == 1 ? "1 is" : $"{count} are";

    private static bool HasStudy(string directory) => File.Exists(Path.Combine(directory, RunFolder.StudyFileName));

    // Slurm needs the folder for its logs before the first worker makes the run folder.
    private static bool HoldsOtherFiles(string directory) => Directory.Exists(directory) && FindOrphan(directory) is null
        && Directory.EnumerateFileSystemEntries(directory).Select(Path.GetFileName).Any(name => name != SlurmFolderName
            && !name!.StartsWith(RunFolder.StudyFileName, StringComparison.Ordinal));

    /// <summary>Finds a run folder that has trials and has lost its study.</summary>
    private static RunFolder? FindOrphan(string directory) =>
        Directory.Exists(Path.Combine(directory, RunFolder.TrialsFolderName)) && RunFolder.Open(directory) is { Trials.Count: > 0 } run ? run : null;

    /// <summary>Refuses a study to which a recorded trial does not belong.</summary>
    private static void CheckRecorded(RunFolder run, Study study, RecordException problem)
    {
        var trials = study.Trials.ToDictionary(trial => trial.Id);
        foreach (var manifest in run.Trials.Select(run.FindManifest).OfType<TrialManifest>())
            if (manifest.Study != study.Name || !trials.TryGetValue(manifest.Id, out var trial)
                || !trial.Setting.Flat.OrderBy(s => s.Key).SequenceEqual(manifest.Setting.OrderBy(s => s.Key)))
                throw new StudyException($"{problem.Message} The given study does not have the trial {manifest.Id} that is recorded there. "
                    + "Give the study that was run, or name another folder with --out.", problem);
    }

    /// <summary>Reads the study of a run folder: the given one itself if it is the same, because to list ten thousand trials takes long.</summary>
    private static Study Read(RunFolder run, Study given)
    {
        var path = Path.Combine(run.Directory, RunFolder.StudyFileName);
        try
        {
            var text = run.ReadStudy() ?? "";
            return text == StudyFile.Write(given) ? given : StudyFile.Parse(text, path);
        }
        catch (StudyException e)
        {
            throw new StudyException($"{path}: expected the study that ran here, got a file that something changed since. Restore it, or name another folder "
                + $"with --out. {e.Message}", e);
        }
    }

    private static string AdviceToExtend(string directory, Trial was, Trial now) =>
        $"Add --more-updates {now.Setting.Plan.Updates - was.Setting.Plan.Updates} to continue it, "
        + $"or --out {directory}-{now.Setting.Plan.Updates} to keep both.";

    private static string AdviceToKeep(string directory, Trial now) =>
        $"'sonde run {directory}' continues the longer run; --out {directory}-{now.Setting.Plan.Updates} keeps both.";

    private static string With(Study study) => study.Search is { } search ? $"with the search {search}" : "without a search";

    /// <summary>Refuses a study without one of the trials there; it may have more.</summary>
    private static void CheckTrials(string directory, Study there, Study here, bool mayBeLonger = false)
    {
        const string Advice = "Name another folder with --out, or delete this one.";
        if (ReferenceEquals(there, here))
            return;
        if (there.Name != here.Name)
            throw new StudyException($"{directory} holds a run of another study, '{there.Name}'; you asked for '{here.Name}'. {Advice}");
        if (there.Search != here.Search)
            throw new StudyException($"{directory} already holds this study {With(there)}; you asked for it {With(here)}. {Advice}");
        // By id, not by place: a study whose keys or variants have another order is the same study.
        var (before, after) = (there.Trials.ToDictionary(t => t.Id), here.Trials.ToDictionary(t => t.Id));
        if (there.Trials.FirstOrDefault(t => !after.ContainsKey(t.Id)) is { } gone)
            throw new StudyException($"{directory} already holds this study with the trial {gone.Id}; "
                + (here.Trials.FirstOrDefault(t => !before.ContainsKey(t.Id)) is { } added ? $"you asked for {added.Id}. " : "you asked for one without it. ")
                + Advice);
        foreach (var now in here.Trials.Where(t => before.ContainsKey(t.Id)))
        {
            var (was, isNow) = (before[now.Id].Setting.Flat, now.Setting.Flat);
            var isLonger = LongerTrials.IsLonger(now.Setting, was);
            if (isLonger && mayBeLonger)
                continue;
            if (was.Keys.Union(isNow.Keys).FirstOrDefault(key => was.GetValueOrDefault(key) != isNow.GetValueOrDefault(key)) is { } key)
                throw new StudyException($"{directory} already holds this study with {key} {was.GetValueOrDefault(key, "not set")} in {now.Id}; "
                    + $"you asked for {isNow.GetValueOrDefault(key, "not set")}. " + (isLonger ? AdviceToExtend(directory, before[now.Id], now)
                    : LongerTrials.IsLonger(before[now.Id].Setting, isNow) ? AdviceToKeep(directory, now) : Advice));
        }
    }
}
