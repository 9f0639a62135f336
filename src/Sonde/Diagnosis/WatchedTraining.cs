using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Checks;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Diagnosis;

/// <summary>Trains a network on a dataset, watches every layer, and says what became of it: the shortest way to use Sonde from a program. Only the dataset
/// and the hidden layers have to be chosen.</summary>
public sealed class WatchedTraining
{
    // Enough points for a curve, however long training is.
    private const int Points = 10;

    private readonly Dataset data;

    /// <summary>Chooses the data and the hidden layers.</summary>
    /// <param name="data">Where examples come from.</param>
    /// <param name="hidden">Units of each hidden layer, from the input; may be empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">A layer has no unit.</exception>
    public WatchedTraining(Dataset data, IReadOnlyList<int> hidden)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(hidden);
        foreach (var units in hidden)
            ArgumentOutOfRangeException.ThrowIfLessThan(units, 1, nameof(hidden));
        (this.data, Hidden) = (data, [.. hidden]);
    }

    /// <summary>Units of each hidden layer, from the input.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>The non-linearity of all hidden layers.</summary>
    public Activation Activation { get; init => field = Given.NotNull(value, nameof(Activation)); } = ActivationList.Find("tanh")!;

    /// <summary>How weights start.</summary>
    public Initializer Initializer { get; init => field = Given.NotNull(value, nameof(Initializer)); } = InitializerList.Find("normalized")!;

    /// <summary>The cost to minimize.</summary>
    public Cost Cost { get; init => field = Given.NotNull(value, nameof(Cost)); } = CostList.Find("nll")!;

    /// <summary>The step size of plain gradient descent; <see cref="Optimizer"/> has its own.</summary>
    public float LearningRate { get; init => field = CheckedRate(value); } = 0.05f;

    /// <summary>How parameters move; null for plain gradient descent at <see cref="LearningRate"/>.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>Updates to train for, 1 or more.</summary>
    public long Updates { get; init => field = Given.AtLeast(1, value, nameof(Updates)); } = 10_000;

    /// <summary>Examples per update, 1 or more.</summary>
    public int Batch { get; init => field = Given.AtLeast(1, value, nameof(Batch)); } = 10;

    /// <summary>Decides initial weights and the order of examples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many validation and how many test examples an evaluation uses, at most.</summary>
    public int EvaluationExamples { get; init => field = Given.AtLeast(1, value, nameof(EvaluationExamples)); } = 2000;

    /// <summary>What is measured; null for every quantity but Jacobians, on 300 fixed examples (all, if there are fewer), ten times in
    /// the run.</summary>
    public ProbePlan? Probe { get; init; }

    /// <summary>Threads to train with; the result does not depend on their number.</summary>
    public int Threads { get; init => field = Given.AtLeast(1, value, nameof(Threads)); } = 1;

    /// <summary>The clock for training seconds.</summary>
    public TimeProvider Time { get; init => field = Given.NotNull(value, nameof(Time)); } = TimeProvider.System;

    /// <summary>The network that is trained.</summary>
    public Network Network => new(data.Inputs, Hidden, data.Classes.Count, Activation, Initializer, Cost);

    /// <summary>Trains to the end, to a non-finite number, or until cancelled.</summary>
    /// <param name="progress">Receives the update count after every update; null for none.</param>
    /// <param name="cancellation">Stops before the next update; what was trained so far is returned.</param>
    public WatchedResult Run(IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var (network, every) = (Network, Math.Max(1, Updates / Points));
        var plan = new TrainingPlan
        {
            Updates = Updates, Batch = Batch, Seed = Seed, EvaluateEvery = every, EvaluationExamples = EvaluationExamples, CheckpointEvery = Updates,
        };
        var (probe, log) = (Probe ?? new() { Every = every }, new MemoryLog { OnProgress = progress is null ? null : progress.Report });
        using var engine = Engine.Create(network, Batch, Optimizer ?? new Optimizer<Sgd>("sgd", new(LearningRate)), Threads);
        var observer = probe.CreateObserver(Updates, 0, Threads, log);
        if (probe.MeasuresData)
            foreach (var row in DataRows.Measure(data, Seed))
                log.Record(row);
        var outcome = new Trainer(engine, data, plan, [observer], probe.Examples, log, Time).Run(null, cancellation);
        var parameters = Parameters.Empty(network);
        engine.Save(parameters);
        var trained = new TrainedNetwork(network, parameters, Threads);
        // A verdict on a network that was stopped is about what it had learned by then.
        if (outcome.Status == TrainingStatus.Interrupted && log.Curve.All(point => point.Update < outcome.Update))
        {
            var test = trained.Evaluate(data, Split.Test, EvaluationExamples);
            log.Record(new CurvePoint(outcome.Update, "test", test.Cost, test.Error));
        }
        var verdict = Verdict.From(new TrialHistory(NetworkFacts.From(network), log.Curve, log.Layers, data.ChanceError)
        {
            Training = new()
            {
                Optimizer = Optimizer?.Name ?? "sgd", LearningRate = Optimizer is null ? LearningRate : null, Batch = Batch, Updates = Updates,
                Examples = data.Open(Split.Train, Seed).Count,
            },
            Updates = outcome.Update, Divergence = outcome.Divergence,
        });
        return new(trained, outcome, log, verdict);
    }

    /// <summary>Trains on a thread of the pool.</summary>
    /// <inheritdoc cref="Run"/>
    public Task<WatchedResult> RunAsync(IProgress<long>? progress = null, CancellationToken cancellation = default) =>
        Task.Run(() => Run(progress, cancellation), CancellationToken.None);

    private static float CheckedRate(float value) => value > 0 && float.IsFinite(value) ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value,
            $"A learning rate is a number above 0, such as 0.05; this is {value}.");
}

/// <summary>What a <see cref="WatchedTraining"/> left.</summary>
/// <param name="Trained">The network with its parameters.</param>
/// <param name="Outcome">How training ended.</param>
/// <param name="Log">What was measured.</param>
/// <param name="Verdict">What the measurements say; a divergence is in <paramref name="Outcome"/>.</param>
public sealed record WatchedResult(TrainedNetwork Trained, TrainingOutcome Outcome, MemoryLog Log, Verdict Verdict) : IDisposable
{
    /// <summary>What became of the trial, in words: how it diverged if it did, then the verdict.</summary>
    public string Sentence => Outcome.Divergence is { } divergence
        ? $"Training diverged: {divergence.Sentence}. {Verdict.SentenceAfter(divergence.Sentence)}" : Verdict.Sentence;

    /// <inheritdoc/>
    public void Dispose() => Trained.Dispose();
}
