using Sonde.Data;
using Sonde.Engines;
using Sonde.Pretraining;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Running.Machines;
using Sonde.Studies;
using Sonde.Training;

namespace Sonde.Running.Trials;

/// <summary>Trains one trial from where its folder left it.</summary>
/// <param name="study">The study it belongs to.</param>
/// <param name="run">The run folder.</param>
/// <param name="threads">Threads to train with.</param>
/// <param name="leases">Takes trials.</param>
/// <param name="time">The clock for training seconds.</param>
/// <param name="notice">Receives what the user should know, in sentences.</param>
internal sealed class TrialRunner(Study study, RunFolder run, int threads, LeaseTaker leases, TimeProvider time, Action<string> notice)
{
    /// <summary>Under which <c>trial.json</c> says which examples a trial was begun with.</summary>
    public const string DataVersion = "data";

    private const int PredictionChunk = 500;

    /// <summary>Trains a trial until it is finished, interrupted or lost to another process.</summary>
    /// <returns>False where another process holds it.</returns>
    public bool Run(TrialProgress progress, Dataset data, CancellationToken cancellation)
    {
        var kernels = KernelsOf(progress.Trial);
        using var folder = TrialFolder.Open(run.Directory, ManifestOf(progress.Trial, kernels, data), leases);
        if (folder is null || folder.IsFinished)
        {
            Show(progress, folder?.Manifest ?? run.FindManifest(progress.Trial.Id));
            return folder is not null;
        }
        try
        {
            using var engine = Engine.Create(
                progress.Trial.Setting.NetworkOn(data), progress.Trial.Setting.Plan.Batch, progress.Trial.Setting.Optimizer, threads, kernels);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, folder.Lost);
            var outcome = Train(progress, folder, engine, data, checkEveryUpdate: false, stop.Token);
            // Non-finite numbers can hide for a while, in weights whose units saturate. Once more from the last checkpoint, looking after every update,
            // shows where they began.
            if (outcome.Status == TrainingStatus.Diverged)
                outcome = Train(progress, folder, engine, data, checkEveryUpdate: true, stop.Token);
            Finish(folder, progress, outcome, engine, data);
            return true;
        }
        catch (LeaseLostException lost)
        {
            notice($"{progress.Trial.Id}: {lost.Message}");
            Show(progress, run.FindManifest(progress.Trial.Id));
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(folder, progress, e);
            throw;
        }
    }

    private TrainingOutcome Train(TrialProgress progress, TrialFolder folder, IEngine engine, Dataset data, bool checkEveryUpdate, CancellationToken stop)
    {
        var setting = progress.Trial.Setting;
        var from = folder.Resume(engine.Network);
        if (!checkEveryUpdate)
            NoticeStart(progress.Trial, folder, from, engine);
        progress.Change(now => now with
        {
            Status = TrialStatus.Running,
            Update = from?.Update ?? setting.Begin,
            StartedAt = from?.Update ?? setting.Begin,
            TrainingSeconds = from?.TrainingSeconds ?? 0,
            StartSeconds = from?.TrainingSeconds ?? 0,
        });
        var log = new TrialLog(folder, progress, engine.Network);
        var probes = setting.Probe.CreateObserver(setting.Plan.Updates, setting.Begin, threads, log);
        var pretraining = setting.Pretraining is { } plan ? new DenoisingPretraining(plan, threads) : null;
        return new Trainer(engine, data, setting.Plan, [probes], setting.Probe.Examples, log, time, pretraining).Run(from, stop, checkEveryUpdate);
    }

    /// <summary>Says in <c>trial.json</c>, if the disk still takes it, why the trial stopped; its folder stays as a killed process would leave it, and the
    /// same command goes on from there.</summary>
    private static void Fail(TrialFolder folder, TrialProgress progress, Exception cause)
    {
        progress.Change(now => now with { Status = TrialStatus.Failed, Message = cause.Message });
        try
        {
            folder.Finish(TrialStatus.Failed, folder.Manifest.Updates, message: cause.Message);
        }
        catch (Exception e) when (e is RecordException or LeaseLostException or InvalidOperationException)
        {
            // What stopped the trial is told by its caller; that it could not be written down follows from it.
        }
    }

    private void Finish(TrialFolder folder, TrialProgress progress, TrainingOutcome outcome, IEngine engine, Dataset data)
    {
        if (outcome.Status == TrainingStatus.Interrupted)
        {
            folder.Finish(TrialStatus.Interrupted, outcome.Update);
            progress.Change(now => now with { Status = TrialStatus.Interrupted, Update = outcome.Update });
            return;
        }
        var status = outcome.Status == TrainingStatus.Diverged ? TrialStatus.Diverged : TrialStatus.Done;
        var predictions = status == TrialStatus.Done ? Predict(engine, data, progress.Trial.Setting.Plan) : null;
        var curve = run.ReadTrial(progress.Trial.Id).Curve;
        CurvePoint Last(string split) =>
            curve.LastOrDefault(point => point.Split == split && point.Update == outcome.Update) ?? new(0, split, double.NaN, double.NaN);
        var (validation, test) = (Last("validation"), Last("test"));
        folder.Finish(status, outcome.Update, new(progress.Now.TrainingSeconds, validation.Error, validation.Cost, test.Error, test.Cost), outcome.Message,
            predictions);
        Show(progress, folder.Manifest);
    }

    private static List<Prediction> Predict(IEngine engine, Dataset data, TrainingPlan plan)
    {
        var tested = data.OpenFirst(plan.EvaluationExamples, Split.Test, plan.Seed);
        var predictions = new List<Prediction>(tested.Length);
        var observation = new Observation(engine.Network, ObservationNeeds.None);
        foreach (var (inputs, labels) in tested.ReadChunks(PredictionChunk))
        {
            engine.Observe(inputs, labels, observation);
            predictions.AddRange(labels.Select((label, k) => new Prediction(label, observation.Predicted[k])));
        }
        return predictions;
    }

    /// <summary>The kernels to train with: those that are forced, or those that trained so far where this machine has them, or the fastest.</summary>
    private string KernelsOf(Trial trial) =>
        KernelChoice.Forced is { } forced ? forced
        : run.FindManifest(trial.Id)?.Versions.GetValueOrDefault("kernels") is { } before && KernelChoice.Names.Contains(before) ? before
        : KernelChoice.Names[0];

    private TrialManifest ManifestOf(Trial trial, string kernels, Dataset data) => new()
    {
        Id = trial.Id,
        Study = study.Name,
        Setting = trial.Setting.Flat,
        Seed = trial.Setting.Seed,
        Versions = data.Digest is { } digest
            ? new Dictionary<string, string>(Machine.Versions) { ["kernels"] = kernels, [DataVersion] = digest }
            : new Dictionary<string, string>(Machine.Versions) { ["kernels"] = kernels },
        Machine = Machine.Facts,
        Status = TrialStatus.Running,
        Updates = trial.Setting.Begin,
    };

    private void NoticeStart(Trial trial, TrialFolder folder, Checkpoint? from, IEngine engine)
    {
        foreach (var warning in folder.Warnings)
            notice($"{trial.Id}: {warning}");
        if (from is null)
            return;
        notice($"{trial.Id}: goes on from update {from.Update}");
        if (from.Kernels != engine.Kernels)
            notice($"{trial.Id}: trained with kernels {from.Kernels} so far, goes on with {engine.Kernels}, "
                + "which may round differently: the end can differ in its last bits from an unbroken run");
    }

    /// <summary>Shows a trial as its folder says it stands, whoever trains it; one that has not begun as waiting.</summary>
    internal static void Show(TrialProgress progress, TrialManifest? manifest) => progress.Change(now => now with
    {
        Status = manifest?.Status ?? TrialProgress.Waiting,
        Update = manifest?.Updates ?? progress.Trial.Setting.Begin,
        StartedAt = manifest?.Updates ?? progress.Trial.Setting.Begin,
        TrainingSeconds = manifest?.Result?.TrainingSeconds ?? now.TrainingSeconds,
        TestError = manifest?.Result is { } result && double.IsFinite(result.TestError) ? result.TestError : now.TestError,
        Message = manifest?.Message,
    });
}
