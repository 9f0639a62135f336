using Sonde.Data;
using Sonde.Kernels.Threads;
using Sonde.Networks;

namespace Sonde.Pretraining;

/// <summary>The public door of a pretrainer: refuses arguments that do not fit, a second call while one is running, and calls after disposal.</summary>
/// <param name="pretrainer">The pretrainer behind the door, which need not check anything.</param>
/// <param name="network">The network whose hidden layers it trains.</param>
internal sealed class CheckedPretrainer(IPretrainer pretrainer, Network network) : IPretrainer
{
    private readonly CallGuard guard = new("pretrainer", pretrainer.Dispose);

    /// <inheritdoc/>
    public int Threads
    {
        get => pretrainer.Threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            using var call = guard.Enter();
            pretrainer.Threads = value;
        }
    }

    /// <inheritdoc/>
    public void Load(Parameters parameters, IReadOnlyList<float[]> decoderBiases)
    {
        Check(parameters, decoderBiases);
        using var call = guard.Enter();
        pretrainer.Load(parameters, decoderBiases);
    }

    /// <inheritdoc/>
    public void Save(Parameters parameters, IReadOnlyList<float[]> decoderBiases)
    {
        Check(parameters, decoderBiases);
        using var call = guard.Enter();
        pretrainer.Save(parameters, decoderBiases);
    }

    /// <inheritdoc/>
    public double Update(int layer, ExampleStream examples, long first)
    {
        Check(layer, examples, first);
        using var call = guard.Enter();
        return pretrainer.Update(layer, examples, first);
    }

    /// <inheritdoc/>
    public double Evaluate(int layer, ExampleStream examples, long first, int count)
    {
        Check(layer, examples, first);
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Expected 1 or more examples, got {count}. Evaluate on at least one.");
        using var call = guard.Enter();
        return pretrainer.Evaluate(layer, examples, first, count);
    }

    /// <inheritdoc/>
    public void Dispose() => guard.Dispose();

    private void Check(int layer, ExampleStream examples, long first)
    {
        if (layer < 1 || layer > network.Depth)
            throw new ArgumentOutOfRangeException(nameof(layer), layer, $"Expected a hidden layer from 1 to {network.Depth} of the network "
                + $"{network.ShapeText}, got {layer}. Count layers from 1.");
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Inputs != network.Inputs)
            throw new ArgumentException($"Expected examples of {network.Inputs} values, the network's inputs, got {examples.Inputs}. Train on data of the "
                + "network's shape.", nameof(examples));
        if (first < 0)
            throw new ArgumentOutOfRangeException(nameof(first), first, $"Expected the index of an example, 0 or more, got {first}. Count examples from 0.");
    }

    private void Check(Parameters parameters, IReadOnlyList<float[]> decoderBiases)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(decoderBiases);
        parameters.CheckShape(network, "These parameters are", "this pretrainer trains");
        if (decoderBiases.Count != network.Depth)
            throw new ArgumentException($"Expected decoder biases of {network.Depth} hidden layers, got those of {decoderBiases.Count}. Pass one array per "
                + "hidden layer.", nameof(decoderBiases));
        foreach (var (index, biases) in decoderBiases.Index())
            if (biases is null || biases.Length != network.FanIn(index + 1))
                throw new ArgumentException($"Expected {network.FanIn(index + 1)} decoder biases of layer {index + 1}, one per input of the layer, got "
                    + $"{biases?.Length.ToString() ?? "null"}. Pass arrays of the layers' inputs.", nameof(decoderBiases));
    }
}
