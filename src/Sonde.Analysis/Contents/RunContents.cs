using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Analysis.Contents;

/// <summary>Every trial of a run folder, begun or not, in the order of its study; any state of the folder will do, also while it is written.</summary>
public static class RunContents
{
    /// <summary>Looks at the folder once. Damaged trials are named in their rows and do not hide the others.</summary>
    public static IReadOnlyList<FoundTrial> Read(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var planned = Planned(run);
        var (begun, known) = (run.Trials.ToHashSet(), planned.Select(trial => trial.Id).ToHashSet());
        return
        [
            .. planned.Select(trial => begun.Contains(trial.Id)
                ? Find(run, trial.Id, trial.Setting.Flat) : new(trial.Id, trial.Setting.Flat, FoundStatus.Waiting, null, null)),
            .. begun.Where(id => !known.Contains(id)).Order(StringComparer.Ordinal).Select(id => Find(run, id, new Dictionary<string, string>())),
        ];
    }

    /// <summary>The trials that <c>study.yaml</c> means; none where it is missing or cannot be read.</summary>
    private static IReadOnlyList<Trial> Planned(RunFolder run)
    {
        try
        {
            return run.ReadStudy() is { } text ? StudyFile.Parse(text, "study.yaml").Trials : [];
        }
        catch (Exception broken) when (broken is StudyException or RecordException)
        {
            return [];
        }
    }

    private static FoundTrial Find(RunFolder run, string id, IReadOnlyDictionary<string, string> setting)
    {
        try
        {
            var manifest = run.ReadManifest(id);
            var status = manifest.Status == TrialStatus.Running && !run.HasWriter(id) ? FoundStatus.Stopped : manifest.Status;
            return new(id, manifest.Setting, status, manifest, manifest.Message);
        }
        catch (RecordException damage)
        {
            return new(id, setting, FoundStatus.Damaged, null, damage.Message);
        }
    }
}
