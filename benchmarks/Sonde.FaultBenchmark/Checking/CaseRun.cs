using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Engines;
using Sonde.Studies;
using Sonde.Training;

namespace Sonde.FaultBenchmark.Checking;

/// <summary>A case, or a case with a cure, trained as its study says and scored as the case is.</summary>
/// <param name="fault">The case.</param>
/// <param name="name">The name of its study's folder.</param>
/// <param name="into">The folder above.</param>
/// <param name="sets">The published images that some cases are on.</param>
internal sealed class CaseRun(FaultCase fault, string name, string into, PublishedSets sets)
{
    private readonly CaseStudy study = new(fault, name, into, sets);

    /// <summary>Trains it with some seeds.</summary>
    /// <param name="seeds">How many: 1, 2 and so on.</param>
    /// <param name="updates">Updates of each.</param>
    /// <returns>The score of each seed.</returns>
    public IReadOnlyList<double> Train(int seeds, long updates)
    {
        study.Write();
        var file = Path.Combine(into, name, "study.yaml");
        var trials = StudyFile.Read(file, [$"training.updates={updates}", $"seeds=[{string.Join(", ", Enumerable.Range(1, seeds))}]"]).Trials;
        var data = DatasetList.Open(trials[0].Setting.Data, DataFolder.OfUser());
        return [.. trials.Select(trial => Train(trial.Setting, data))];
    }

    private double Train(TrialSetting setting, Dataset data)
    {
        var plan = setting.Plan with { EvaluateEvery = Math.Max(1, setting.Plan.Updates), EvaluationExamples = 1, CheckpointEvery = long.MaxValue };
        using var engine = Engine.Create(setting.NetworkOn(data), plan.Batch, setting.Optimizer, 1, seed: setting.Seed);
        new Trainer(engine, data, plan, [], 1, new Silence(), TimeProvider.System).Run(null, CancellationToken.None);
        var rows = Enumerable.Range(0, Math.Min(CaseStudy.MostTested, study.Inputs.Rows)).ToList();
        var seen = new Observation(engine.Network, ObservationNeeds.Activations);
        // Outputs need no labels.
        engine.Observe(study.Inputs.Select(rows).Values, new int[rows.Count], seen);
        return CaseScore.Compute(fault, new(engine.Network.Classes, seen.Layers[^1].Activation), study.Targets.Select(rows));
    }

    private sealed class Silence : ITrainingLog
    {
        public void Record(CurvePoint point)
        {
        }

        public void Save(Checkpoint checkpoint, bool isScheduled)
        {
        }

        public void Progress(long update, double trainingSeconds)
        {
        }
    }
}
