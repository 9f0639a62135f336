using System.Runtime.ExceptionServices;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Analysis.Contents;

/// <summary>Reads every trial of a run folder, begun or not, in the order of its study. The folder may be in any state, and another process may write to
/// it.</summary>
public static class RunContents
{
    /// <summary>Reads the folder once. A damaged trial says so in its own row and does not hide the others.</summary>
    public static IReadOnlyList<FoundTrial> Read(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var planned = Planned(run);
        IReadOnlyDictionary<string, string> none = new Dictionary<string, string>();
        var (begun, known) = (run.Trials.ToHashSet(), planned.Select(trial => trial.Id).ToHashSet());
        var all = planned.Select(trial => (trial.Id, Flat: trial.Setting.Flat))
            .Concat(begun.Where(id => !known.Contains(id)).Order(StringComparer.Ordinal).Select(id => (Id: id, Flat: none)));
        try
        {
            // On all cores: a folder may have ten thousand trials.
            return [.. all.AsParallel().AsOrdered().Select(trial => begun.Contains(trial.Id) ? Read(run, trial.Id, trial.Flat)
                : new(trial.Id, TrialSetting.Read(trial.Flat), FoundStatus.Waiting, null, null))];
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            throw;
        }
    }

    /// <summary>The trials that <c>study.yaml</c> means; none if it is missing or cannot be read.</summary>
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

    private static FoundTrial Read(RunFolder run, string id, IReadOnlyDictionary<string, string> setting)
    {
        try
        {
            var manifest = run.ReadManifest(id);
            var status = manifest.Status == TrialStatus.Running && !run.HasWriter(id) ? FoundStatus.Stopped : manifest.Status;
            return new(id, TrialSetting.Read(manifest.Setting), status, manifest, manifest.Message)
            {
                Writer = status == TrialStatus.Running ? run.FindWriter(id) : null,
            };
        }
        catch (RecordException damage)
        {
            return new(id, TrialSetting.Read(setting), FoundStatus.Damaged, null, damage.Message);
        }
    }
}
