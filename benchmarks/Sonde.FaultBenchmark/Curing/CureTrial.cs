using Sonde.Analysis.Trials;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Diagnosis.Remedies;
using Sonde.FaultBenchmark.Scoring;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Running;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.FaultBenchmark.Curing;

/// <summary>What became of a faulty trial with a change of its setting.</summary>
/// <param name="Name">The change, in words; empty if there was none to try.</param>
/// <param name="Error">Its last test error in per cent, at most that of guessing.</param>
internal sealed record Cured(string Name, double Error);

/// <summary>Trains faulty trials again: with the first remedy, and with one random change of as many things.</summary>
/// <param name="into">The folder of their run folders.</param>
/// <param name="notice">Receives sentences.</param>
internal sealed class CureTrial(string into, Action<string> notice)
{
    private const int MostTimesLonger = 10;

    /// <summary>Returns how the trial ends with the first remedy, and with a random change of as many things.</summary>
    /// <param name="name">A name that no other trial has.</param>
    /// <param name="run">The run folder of the trial.</param>
    /// <param name="id">The trial.</param>
    /// <param name="cancellation">Stops before the next update.</param>
    public (Cured Remedy, Cured Random) Try(string name, RunFolder run, string id, CancellationToken cancellation)
    {
        var recorded = RecordedCase.Read(run, id);
        var setting = StudyFile.Parse(run.ReadStudy()!, name).Trials.Single(trial => trial.Id == id).Setting;
        var history = TrialFacts.HistoryOf(recorded);
        var asIs = Math.Min(Ending.Of(recorded.Manifest).Error, Ending.Of(recorded.Manifest).Chance);
        if (RemedyList.GetRanked(TrialFacts.VerdictOf(recorded), history) is not [var first, ..])
            return (new("", asIs), Train($"{name}-random", setting, RemedyList.DrawRandom(history, 1, name, setting.Seed), "random", asIs, cancellation));
        return (Train($"{name}-remedy", setting, first.Change, first.Name, asIs, cancellation),
            Train($"{name}-random", setting, RemedyList.DrawRandom(history, first.Change.Size, name, setting.Seed), "random", asIs, cancellation));
    }

    private Cured Train(string name, TrialSetting setting, SettingChange change, string words, double asIs, CancellationToken cancellation)
    {
        try
        {
            var most = MostTimesLonger * Math.Max(1, setting.Plan.Updates);
            var study = Study.WithChange("cured", setting, change.Updates > most && setting.Plan.Updates > 0 ? change with { Updates = most } : change);
            // Another change, by another version of Sonde, is another folder.
            var folder = Path.Combine(into, $"{name}-{StudyDigest.Of(StudyFile.Write(study))}");
            var runner = new StudyRunner(study, folder, new() { Data = DataFolder.OfUser(), Parallel = 1, Threads = 1 }, TimeProvider.System);
            runner.Train(cancellation);
            var manifest = runner.Run.FindManifest(study.Trials[0].Id);
            if (manifest is null || !TrialStatus.IsFinished(manifest.Status))
                return new(words, asIs);
            var end = Ending.Of(manifest);
            return new(words, Math.Min(end.Error, end.Chance));
        }
        catch (Exception impossible) when (impossible is StudyException or DataException or ArgumentException)
        {
            notice($"{name}: {impossible.Message}");
            return new(words, asIs);
        }
    }
}
