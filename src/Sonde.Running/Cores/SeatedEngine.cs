using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Running.Cores;

/// <summary>An engine whose observations, evaluations among them, also use the cores that no trial has: they compute for long enough to gain by threads
/// that would slow a short update down.</summary>
/// <param name="engine">The engine, made with as many threads as either needs.</param>
/// <param name="seat">Says how many threads observe.</param>
internal sealed class SeatedEngine(IEngine engine, CoreShare.Seat seat) : IEngine
{
    private int threads = engine.Threads;

    /// <inheritdoc/>
    public Network Network => engine.Network;

    /// <inheritdoc/>
    public int Batch => engine.Batch;

    /// <inheritdoc/>
    public string Kernels => engine.Kernels;

    /// <summary>Threads that update.</summary>
    public int Threads
    {
        get => threads;
        set => threads = engine.Threads = value;
    }

    /// <inheritdoc/>
    public OptimizerState NewState() => engine.NewState();

    /// <inheritdoc/>
    public void Load(Parameters parameters, OptimizerState? state = null) => engine.Load(parameters, state);

    /// <inheritdoc/>
    public void Save(Parameters parameters, OptimizerState? state = null) => engine.Save(parameters, state);

    /// <inheritdoc/>
    public BatchResult Update(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation? observation = null) =>
        engine.Update(inputs, labels, observation);

    /// <inheritdoc/>
    public BatchResult Update(ExampleStream examples, long first, Observation? observation = null) => engine.Update(examples, first, observation);

    /// <inheritdoc/>
    public BatchResult Observe(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation observation)
    {
        engine.Threads = Math.Max(threads, seat.ObservingThreads);
        var result = engine.Observe(inputs, labels, observation);
        engine.Threads = threads;
        return result;
    }

    /// <inheritdoc/>
    public BatchResult Observe(ExampleStream examples, long first, int count, Observation observation)
    {
        engine.Threads = Math.Max(threads, seat.ObservingThreads);
        var result = engine.Observe(examples, first, count, observation);
        engine.Threads = threads;
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => engine.Dispose();
}
