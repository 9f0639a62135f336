using Sonde.Data;
using Sonde.Kernels.Threads;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Engines;

/// <summary>The public door of an engine: refuses arguments that do not fit, a second call while one is running, and calls after disposal.</summary>
/// <param name="engine">The engine behind the door, which need not check anything.</param>
internal sealed class CheckedEngine(IEngine engine) : IEngine
{
    private readonly CallGuard guard = new("engine", engine.Dispose);
    private bool isLoaded;

    /// <inheritdoc/>
    public Network Network => engine.Network;

    /// <inheritdoc/>
    public int Batch => engine.Batch;

    /// <inheritdoc/>
    public string Kernels => engine.Kernels;

    /// <inheritdoc/>
    public int Threads
    {
        get => engine.Threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            using var call = guard.Enter();
            engine.Threads = value;
        }
    }

    /// <inheritdoc/>
    public OptimizerState NewState() => engine.NewState();

    /// <inheritdoc/>
    public void Load(Parameters parameters, OptimizerState? state = null)
    {
        Check(parameters, state);
        using var call = guard.Enter();
        engine.Load(parameters, state);
        isLoaded = true;
    }

    /// <inheritdoc/>
    public void Save(Parameters parameters, OptimizerState? state = null)
    {
        Check(parameters, state);
        using var call = guard.Enter();
        engine.Save(parameters, state);
    }

    /// <inheritdoc/>
    public BatchResult Update(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation? observation = null)
    {
        if (labels.Length < 1 || labels.Length > Batch)
            throw new ArgumentException($"Expected 1 to {Batch} labels, one for each example of the mini-batch, got {labels.Length}. Pass one mini-batch.",
                nameof(labels));
        CheckExamples(inputs, labels);
        Check(observation);
        using var call = guard.Enter();
        CheckLoaded();
        return engine.Update(inputs, labels, observation);
    }

    /// <inheritdoc/>
    public BatchResult Update(ExampleStream examples, long first, Observation? observation = null)
    {
        CheckStream(examples, first);
        Check(observation);
        using var call = guard.Enter();
        CheckLoaded();
        return engine.Update(examples, first, observation);
    }

    /// <inheritdoc/>
    public BatchResult Observe(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        CheckExamples(inputs, labels);
        Check(observation);
        using var call = guard.Enter();
        CheckLoaded();
        return engine.Observe(inputs, labels, observation);
    }

    /// <inheritdoc/>
    public BatchResult Observe(ExampleStream examples, long first, int count, Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        CheckStream(examples, first);
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 1 example or more, got {count}. Pass how many examples to observe.");
        Check(observation);
        using var call = guard.Enter();
        CheckLoaded();
        return engine.Observe(examples, first, count, observation);
    }

    /// <inheritdoc/>
    public void Dispose() => guard.Dispose();

    /// <summary>Throws unless each label is a class of the network.</summary>
    internal static void CheckLabels(Network network, ReadOnlySpan<int> labels)
    {
        foreach (var label in labels)
            if ((uint)label >= (uint)network.Labels)
                throw new ArgumentOutOfRangeException(
                    nameof(labels), label, $"Expected labels 0 to {network.Labels - 1} of {network.Labels} classes, got {label}. Give the network as many "
                        + "classes as the data have.");
    }

    // All weights are 0 before, and equal units of a layer never become different.
    private void CheckLoaded()
    {
        if (!isLoaded)
            throw new InvalidOperationException(
                "This engine has no parameters yet: all weights are 0, and so they would stay alike. Call Load first, with "
                + "Parameters.Initialize(engine.Network, seed) for example.");
    }

    private void Check(Parameters parameters, OptimizerState? state)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.CheckShape(Network, "These parameters are", "this engine trains");
        foreach (var memory in state?.Memory ?? [])
            memory.CheckShape(Network, "This optimizer state is", "this engine trains");
    }

    private void Check(Observation? observation)
    {
        if (observation is not null && !observation.Network.HasShapeOf(Network))
            throw new ArgumentException($"This observation is of a network {observation.Network.ShapeText}; this engine trains {Network.ShapeText}. Make the "
                + "observation with the engine's network.", nameof(observation));
    }

    private void CheckStream(ExampleStream examples, long first)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Inputs != Network.Inputs)
            throw new ArgumentException($"Expected examples of {Network.Inputs} values, the network's inputs, got {examples.Inputs}. Train on data of the "
                + "network's shape.", nameof(examples));
        if (first < 0)
            throw new ArgumentOutOfRangeException(nameof(first), first, $"Expected the index of an example, 0 or more, got {first}. Count examples from 0.");
    }

    private void CheckExamples(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        if (labels.Length == 0 || inputs.Length != (long)labels.Length * Network.Inputs)
            throw new ArgumentException(
                $"Expected inputs of {labels.Length} examples x {Network.Inputs} = {(long)labels.Length * Network.Inputs} values, got {inputs.Length}. "
                + "Pass one or more whole examples and one label for each.", nameof(inputs));
        CheckLabels(Network, labels);
    }
}
