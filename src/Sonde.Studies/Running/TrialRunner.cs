using Sonde.Data;
using Sonde.Probes;
using Sonde.Records;
using Sonde.Training;

namespace Sonde.Studies.Running;

/// <summary>Trains one trial from where its folder left it.</summary>
/// <param name="study">The study it belongs to.</param>
/// <param name="run">The run folder.</param>
/// <param name="threads">Threads to train with.</param>
/// <param name="time">The clock for training seconds.</param>
/// <param name="notice">Receives what the user should know, in sentences.</param>
internal sealed class TrialRunner(Study study, RunFolder run, int threads, TimeProvider time, Action<string> notice)
{
    private const int PredictionChunk = 500;

    public void Run(TrialProgress progress, Dataset data, CancellationToken cancellation)
    {
        var (trial, setting) = (progress.Trial, progress.Trial.Setting);
        var network = setting.NetworkOn(data);
        using var engine = Engines.Create(network, setting.Plan.Batch, setting.Optimizer, threads, KernelsOf(trial));
        using var folder = TrialFolder.Open(run.Directory, ManifestOf(trial, engine));
        if (folder.IsFinished)
        {
            Show(progress, folder.Manifest);
            return;
        }
        try
        {
            var from = folder.Resume(network);
            Tell(trial, folder, from, engine);
            progress.Change(now => now with
            {
                Status = TrialStatus.Running,
                Update = from?.Update ?? 0,
                StartedAt = from?.Update ?? 0,
                TrainingSeconds = from?.TrainingSeconds ?? 0,
                StartSeconds = from?.TrainingSeconds ?? 0,
            });
            var log = new TrialLog(folder, progress, network);
            // The last mini-batch is seen before the last update is done.
            var lastLook = setting.IsProbeLive ? setting.Plan.Updates - 1 : setting.Plan.Updates;
            var probes = new ProbeSet(ProbeList.All, new(setting.ProbeEvery, lastLook), log) { IsLive = setting.IsProbeLive };
            var outcome = new Trainer(engine, data, setting.Plan, [probes], setting.ProbeExamples, log, time).Run(from, cancellation);
            Finish(folder, progress, outcome, engine, data);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The trial's folder stays as a killed process would leave it, but says why; the same command goes on from there.
            folder.Finish(TrialStatus.Failed, progress.Now.Update, message: e.Message);
            progress.Change(now => now with { Status = TrialStatus.Failed, Message = e.Message });
            throw;
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
        CurvePoint Last(string split) => curve.LastOrDefault(point => point.Split == split && point.Update == outcome.Update) ?? new(0, split, double.NaN, double.NaN);
        var (validation, test) = (Last("validation"), Last("test"));
        folder.Finish(status, outcome.Update, new(progress.Now.TrainingSeconds, validation.Error, validation.Cost, test.Error, test.Cost), outcome.Message, predictions);
        Show(progress, folder.Manifest);
    }

    private static List<Prediction> Predict(IEngine engine, Dataset data, TrainingPlan plan)
    {
        var stream = data.Open(Split.Test, plan.Seed);
        var examples = (int)Math.Min(plan.EvaluationExamples, stream.Count ?? long.MaxValue);
        var predictions = new List<Prediction>(examples);
        var observation = new Observation(engine.Network, ObservationNeeds.None);
        for (var first = 0; first < examples; first += PredictionChunk)
        {
            var labels = new int[Math.Min(PredictionChunk, examples - first)];
            var inputs = new float[labels.Length * data.Inputs];
            stream.Read(first, inputs, labels);
            engine.Observe(inputs, labels, observation);
            predictions.AddRange(labels.Select((label, k) => new Prediction(label, observation.Predicted[k])));
        }
        return predictions;
    }

    /// <summary>The kernels that trained so far, where this machine has them and none is forced; null for the default.</summary>
    private string? KernelsOf(Trial trial)
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Engines.Variable)) || !run.Trials.Contains(trial.Id))
            return null;
        return run.ReadManifest(trial.Id).Versions.TryGetValue("kernels", out var kernels) && Engines.Available.Contains(kernels) ? kernels : null;
    }

    private TrialManifest ManifestOf(Trial trial, IEngine engine) => new()
    {
        Id = trial.Id,
        Study = study.Name,
        Setting = trial.Setting.Flat,
        Seed = trial.Setting.Seed,
        Versions = new Dictionary<string, string>(Machine.Versions) { ["kernels"] = engine.Kernels },
        Machine = Machine.Facts,
        Status = TrialStatus.Running,
        Updates = 0,
    };

    private void Tell(Trial trial, TrialFolder folder, Checkpoint? from, IEngine engine)
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

    internal static void Show(TrialProgress progress, TrialManifest manifest) => progress.Change(now => now with
    {
        Status = manifest.Status,
        Update = manifest.Updates,
        TrainingSeconds = manifest.Result?.TrainingSeconds ?? now.TrainingSeconds,
        TestError = manifest.Result is { } result && double.IsFinite(result.TestError) ? result.TestError : now.TestError,
        Message = manifest.Message,
    });
}
