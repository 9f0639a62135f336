using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Tests.Extending;

/// <summary>The code of docs/extending.md, run: an activation, a dataset and your own probe, in one trial.</summary>
public sealed class ExtendingTests
{
    [Fact]
    public void OwnActivationDatasetAndProbe_TrainTogether()
    {
        var log = new PrintingLog();
        // docs: trial
        var data = new TwoMoons();
        var network = new Network(
            data.Inputs, [20, 20], data.Classes.Count, OwnActivation.ScaledTanh, InitializerList.Get("normalized"), CostList.Get("nll"));
        var plan = new TrainingPlan { Updates = 3000, EvaluateEvery = 1000, EvaluationExamples = 500, Seed = 1 };

        using var engine = Engine.Create(network, plan.Batch, new Sgd(0.1f), threads: 1);
        var probes = new ProbeSet([new ActivationProbe(), new LinearRegimeProbe()], new ProbeSchedule(Every: 1000, Last: plan.Updates), log);
        var trainer = new Trainer(engine, data, plan, [probes], probeExamples: 300, log, TimeProvider.System);
        var outcome = trainer.Run(from: null, CancellationToken.None);
        // docs: end

        Assert.Equal(TrainingStatus.Done, outcome.Status);
        Assert.True(log.Points.Last(p => p.Split == "test").Error < 2, $"The test error is {log.Points.Last(p => p.Split == "test").Error} %.");
        var shares = log.Rows.Where(r => r.Quantity == "linearRegime" && r.Layer <= 2).Select(r => r.Mean).ToList();
        Assert.Equal(8, shares.Count);
        Assert.All(shares, share => Assert.InRange(share, 0.001, 0.999));
    }

    [Fact]
    public void OwnProbeAndFinding_AreKnownByNameOnceRegistered()
    {
        // docs: register
        ProbeList.Register(new LinearRegimeProbe());
        // docs: end
        // docs: finding
        FindingList.Register("nearlyLinear", trial => trial.Last("linearRegime") is { Count: > 0 } rows && rows.All(row => row.Mean > 0.9)
            ? new("nearlyLinear", $"All layers work where their activation is nearly linear: {rows.Min(row => row.Mean):0 %} of its units or more.",
                new Dictionary<string, double> { ["leastShare"] = rows.Min(row => row.Mean) })
            : null);
        // docs: end
        var probe = new ProbePlan { Every = 50, Quantities = ProbeQuantities.Find("activation linearRegime")! };
        using var result = new WatchedTraining(new TwoMoons(), [20, 20])
        {
            Updates = 100, Probe = probe, Initializer = InitializerList.Find("gaussian(0.001)")!, LearningRate = 1e-6f, EvaluationExamples = 200,
        }.Run();
        Assert.Contains(" All layers work where their activation is nearly linear: ", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void OwnOptimizer_LearnsAndRemembers()
    {
        var data = new TwoMoons();
        var network = new Network(data.Inputs, [20], data.Classes.Count, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!,
            CostList.Find("nll")!);
        using var engine = Engine.Create(network, 10, new DecayingMomentum(0.05f, 1e-4f), threads: 1);
        engine.Load(Parameters.Initialize(network, 1));
        var examples = data.Open(Split.Train, 1);
        var misclassified = 0;
        for (var update = 0; update < 1000; update++)
            misclassified = update == 900 ? 0 : misclassified + engine.Update(examples, update * 10).Misclassified;
        Assert.InRange(misclassified, 0, 30);
        var state = engine.NewState();
        engine.Save(Parameters.Empty(network), state);
        Assert.Equal(["velocity"], state.Names);
        Assert.NotEqual(0, state.Memory[0].Layers[0].Weights[0]);
    }

    [Fact]
    public void OwnActivation_HasTheDerivativeItSays()
    {
        for (var s = -5.0; s < 5; s += 0.37)
            Tolerances.AssertClose(
                (OwnActivation.ScaledTanh.Value(s + 1e-6) - OwnActivation.ScaledTanh.Value(s - 1e-6)) / 2e-6, OwnActivation.ScaledTanh.Derivative(s),
                    Tolerances.CentralDifference);
    }

    private sealed class PrintingLog : ITrainingLog, IProbeLog
    {
        public List<CurvePoint> Points { get; } = [];

        public List<LayerStatistics> Rows { get; } = [];

        public void Record(CurvePoint point) => Points.Add(point);

        public void Record(LayerStatistics row) => Rows.Add(row);

        public void Record(LayerHistogram row)
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
