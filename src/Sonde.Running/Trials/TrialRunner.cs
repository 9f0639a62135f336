using System.Globalization;
using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Pretraining;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Running.Cores;
using Sonde.Running.Machines;
using Sonde.Studies;
using Sonde.Training;

namespace Sonde.Running.Trials;

/// <summary>Trains one trial, from the beginning or from its last checkpoint.</summary>
/// <param name="study">The study it belongs to.</param>
/// <param name="run">The run folder.</param>
/// <param name="threads">The most threads to train with.</param>
/// <param name="seat">Says how many threads train, and when.</param>
/// <param name="leases">Takes the right to write a trial.</param>
/// <param name="time">The clock for training seconds.</param>
/// <param name="notice">Receives sentences for the user.</param>
/// <param name="weights">Reads the files that trials start from.</param>
/// <param name="measurements">Measures the examples.</param>
internal sealed class TrialRunner(
    Study study, RunFolder run, int threads, CoreShare.Seat seat, LeaseTaker leases, TimeProvider time, Action<string> notice,
    StartingWeights weights, DataMeasurements measurements)
{
    /// <summary>The key in the versions of <c>trial.json</c> for the digest of the examples.</summary>
    public const string DataVersion = "data";

    private const int PredictionChunk = 500;

    /// <summary>Trains a trial until it is finished, interrupted or lost to another process.</summary>
    /// <param name="progress">The trial.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="step">How far it trains.</param>
    /// <param name="cancellation">Saves the trial.</param>
    /// <returns>False if another process holds it.</returns>
    public bool Run(TrialProgress progress, Dataset data, SearchStep step, CancellationToken cancellation)
    {
        var kernels = KernelsOf(progress.Trial);
        using var folder = TrialFolder.Open(run.Directory, ManifestOf(progress.Trial, kernels, data), leases,
            found => LongerTrials.IsLonger(progress.Trial.Setting, found.Setting) || found.Stop?.Reason == TrialStop.Rung && step.Stop is null);
        if (folder is null || folder.IsFinished)
        {
            progress.SetFrom(folder?.Manifest ?? run.FindManifest(progress.Trial.Id));
            return folder is not null;
        }
        try
        {
            var work = TrialWork.FromSetting(progress.Trial.Setting, data);
            using var engine = new SeatedEngine(Engine.Create(
                progress.Trial.Setting.NetworkOn(data), progress.Trial.Setting.Plan.Batch, progress.Trial.Setting.Optimizer,
                Math.Max(threads, Math.Min(seat.MostObservingThreads, work.UsefulObservers)), kernels, progress.Trial.Setting.Seed), seat);
            if (step.Rungs is { Count: > 0 } rungs && !rungs.SequenceEqual(folder.Manifest.Rungs ?? []))
                folder.Note(rungs);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, folder.Lost);
            seat.Begin(engine, work.Update, stop.Token);
            var (outcome, ended) = Train(progress, folder, engine, data, step, checkEveryUpdate: false, stop.Token);
            // Infinite weights of saturated units can stay hidden for many updates. Training again from the last checkpoint, with a check after every
            // update, shows where they began.
            if (outcome.Status == TrainingStatus.Diverged)
                (outcome, ended) = Train(progress, folder, engine, data, step, checkEveryUpdate: true, stop.Token);
            Finish(folder, progress, outcome, ended, step, engine, data);
            return true;
        }
        catch (LeaseLostException lost)
        {
            notice($"{progress.Trial.Id}: {lost.Message}");
            progress.SetFrom(run.FindManifest(progress.Trial.Id));
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(folder, progress, e);
            throw;
        }
        finally
        {
            seat.End();
        }
    }

    /// <returns>How training ended, and what ended it before its last update; null if nothing in the trial itself did.</returns>
    private (TrainingOutcome Outcome, TrialStop? Ended) Train(
        TrialProgress progress, TrialFolder folder, SeatedEngine engine, Dataset data, SearchStep step, bool checkEveryUpdate, CancellationToken stop)
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
        var judge = new TrialJudge(folder.Manifest, setting.MutedFindings);
        using var ending = new TrialEnding(setting, step, stop);
        if (from is not null)
        {
            var before = folder.ReadSoFar();
            judge.Resume(before);
            foreach (var point in before.Curve)
                ending.See(point);
            ending.See(from.Update);
        }
        foreach (var finding in judge.Said)
            ending.See(finding);
        var log = new TrialLog(folder, progress, engine.Network, seat, judge, ending);
        var probes = setting.Probe.CreateObserver(setting.Plan.Updates, setting.Begin, threads, log);
        if (from is null && setting.Probe.MeasuresData)
            foreach (var row in measurements.Of(data, setting.Seed, setting.Begin))
                log.Record(row);
        var pretraining = setting.Pretraining is { } plan ? new DenoisingPretraining(plan, threads) : null;
        var start = from is null ? weights.Read(setting, engine.Network) : null;
        var trainer = new Trainer(engine, data, setting.Plan, [probes], setting.Probe.Examples, log, time, pretraining, start);
        return (trainer.Run(from, ending.Token, checkEveryUpdate), ending.Reason);
    }

    /// <summary>Writes to <c>trial.json</c> why the trial stopped, if the disk allows it. The same command resumes at the last checkpoint.</summary>
    private static void Fail(TrialFolder folder, TrialProgress progress, Exception cause)
    {
        progress.Change(now => now with { Status = TrialStatus.Failed, Message = FailureText.Of(cause) });
        try
        {
            folder.Finish(TrialStatus.Failed, folder.Manifest.Updates, message: FailureText.Of(cause));
        }
        catch (Exception e) when (e is RecordException or LeaseLostException or InvalidOperationException)
        {
            // The caller reports the first error, which also caused this one.
        }
    }

    private static void Finish(
        TrialFolder folder, TrialProgress progress, TrainingOutcome outcome, TrialStop? ended, SearchStep step, IEngine engine, Dataset data)
    {
        var setting = progress.Trial.Setting;
        if (outcome.Status == TrainingStatus.Interrupted)
        {
            ended ??= outcome.Update >= step.Until ? step.Stop : null;
            if (ended is null)
            {
                Interrupt(folder, progress, outcome.Update, step, engine, data);
                return;
            }
        }
        else if (outcome.Status == TrainingStatus.Diverged || outcome.Update >= setting.Plan.Updates)
            ended = null;
        var hasClasses = data.Targets is null or { Kind: TargetKind.Classes };
        var predictions = outcome.Status != TrainingStatus.Diverged && hasClasses ? Predict(engine, data, setting.Plan) : null;
        CurvePoint Last(string split, Split examples) => folder.FindLastPoint(split) is { } point && point.Update == outcome.Update ? point
            : ended is null ? new(outcome.Update, split, double.NaN, double.NaN) : Evaluate(engine, data, setting.Plan, examples, outcome.Update, split);
        var (validation, test) = (Last("validation", Split.Validation), Last("test", Split.Test));
        var result = new TrialResult(progress.Now.TrainingSeconds, validation.Error, validation.Cost, test.Error, test.Cost)
        {
            TestRmse = test.Rmse, TestMae = test.Mae,
        };
        if (ended is not null)
            folder.Stop(outcome.Update, ended, result, predictions);
        else
            folder.Finish(outcome.Status == TrainingStatus.Diverged ? TrialStatus.Diverged : TrialStatus.Done, outcome.Update, result, outcome.Message,
                predictions, outcome.Divergence);
        progress.SetFrom(folder.Manifest);
    }

    /// <summary>Notes that a trial stopped in the middle: at a rung, where it pauses, or by a signal.</summary>
    private static void Interrupt(TrialFolder folder, TrialProgress progress, long update, SearchStep step, IEngine engine, Dataset data)
    {
        if (!(update >= step.Until))
            folder.Finish(TrialStatus.Interrupted, update);
        else
        {
            var known = folder.Manifest.Rungs ?? [];
            var value = known.FirstOrDefault(rung => rung.Update == step.Until)?.Value;
            if (value is null)
            {
                var point = folder.FindLastPoint("validation") is { } last && last.Update == update ? last
                    : Evaluate(engine, data, progress.Trial.Setting.Plan, Split.Validation, update, "validation");
                value = step.IsByError ? point.Error : point.Cost;
                known = [.. known, new(update, value.Value)];
            }
            folder.Pause(update, known, string.Format(CultureInfo.InvariantCulture, step.PauseText, SearchText.Of(value.Value, step.IsByError)));
        }
        progress.Change(now => now with { Status = folder.Manifest.Status, Update = update });
    }

    /// <summary>Measures cost and error between two evaluations of the study. They are not added to the curve, which is that of a trial without a
    /// search.</summary>
    private static CurvePoint Evaluate(IEngine engine, Dataset data, TrainingPlan plan, Split split, long update, string name)
    {
        var parameters = Parameters.Empty(engine.Network);
        engine.Save(parameters);
        using var network = new TrainedNetwork(engine.Network, parameters, engine.Threads, engine.Kernels);
        var measured = network.Evaluate(data, split, plan.EvaluationExamples);
        return new(update, name, measured.Cost, measured.Error) { Rmse = measured.Rmse, Mae = measured.Mae };
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

    /// <summary>Chooses kernels: the forced ones, or those that trained so far if this machine has them, or the fastest.</summary>
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
        Versions = VersionsOf(kernels, data.Digest, weights.FindDigest(trial.Setting)),
        Machine = Machine.Facts,
        Status = TrialStatus.Running,
        ChanceError = data.ChanceError,
        TrainingExamples = data.Open(Split.Train, trial.Setting.Seed).Count,
        Updates = trial.Setting.Begin,
    };

    private static Dictionary<string, string> VersionsOf(string kernels, string? data, string? weights)
    {
        var versions = new Dictionary<string, string>(Machine.Versions) { ["kernels"] = kernels };
        if (data is not null)
            versions[DataVersion] = data;
        if (weights is not null)
            versions[StartingWeights.Version] = weights;
        return versions;
    }

    private void NoticeStart(Trial trial, TrialFolder folder, Checkpoint? from, SeatedEngine engine)
    {
        foreach (var warning in folder.Warnings)
            notice($"{trial.Id}: {warning}");
        if (from is null)
            return;
        notice($"{trial.Id}: resumes at update {from.Update}");
        if (from.Kernels != engine.Kernels)
            notice($"{trial.Id}: trained with kernels {from.Kernels} so far, resumes with {engine.Kernels}, "
                + "which may round differently: the result can differ in its last bits from an uninterrupted run");
    }
}
