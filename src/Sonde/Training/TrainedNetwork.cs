using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Training;

/// <summary>A network with its parameters, which answers: what training left, or what a file holds. One caller at a time.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private const int AtOnce = 500;

    private readonly IEngine engine;
    private readonly Observation answers;

    /// <summary>Copies the parameters.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its weights and biases.</param>
    /// <param name="threads">Threads to answer with, 1 or more; answers do not depend on their number.</param>
    /// <param name="kernels">The kernels to answer with; null for those that SONDE_KERNELS says, or the fastest.</param>
    /// <exception cref="ArgumentException">The parameters are another network's.</exception>
    public TrainedNetwork(Network network, Parameters parameters, int threads = 1, string? kernels = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(parameters);
        var (expected, found) = (Widths(network.Inputs, Enumerable.Range(1, network.Layers).Select(network.FanOut)),
            parameters.Layers.Count == 0 ? "none" : Widths(parameters.Layers[0].FanIn, parameters.Layers.Select(layer => layer.FanOut)));
        if (expected != found)
            throw new ArgumentException($"These parameters are of a network {found}; this network is {expected}. Pass the ones it was trained with.",
                nameof(parameters));
        Network = network;
        Parameters = parameters.CopyTo(Parameters.Empty(network));
        engine = Engine.Create(network, 1, new Sgd(1), threads, kernels);
        engine.Load(Parameters);
        answers = new(network, ObservationNeeds.Activations);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Its weights and biases.</summary>
    public Parameters Parameters { get; }

    /// <summary>Returns the most probable class of each example.</summary>
    /// <param name="inputs">[examples, network inputs], row major.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the network's inputs.</exception>
    /// <exception cref="ObjectDisposedException">The network is disposed.</exception>
    public int[] Predict(ReadOnlySpan<float> inputs)
    {
        var classes = new int[Count(inputs)];
        for (var first = 0; first < classes.Length; first += AtOnce)
        {
            var count = Answer(inputs, first, classes.Length);
            answers.Predicted.AsSpan(0, count).CopyTo(classes.AsSpan(first));
        }
        return classes;
    }

    /// <summary>Returns P(y|x) of each example: [examples, classes], row major.</summary>
    /// <inheritdoc cref="Predict"/>
    public float[] Probabilities(ReadOnlySpan<float> inputs)
    {
        var (examples, classes) = (Count(inputs), Network.Classes);
        var probabilities = new float[examples * classes];
        for (var first = 0; first < examples; first += AtOnce)
        {
            var count = Answer(inputs, first, examples);
            answers.Layers[^1].Activation.AsSpan(0, count * classes).CopyTo(probabilities.AsSpan(first * classes));
        }
        return probabilities;
    }

    /// <summary>Measures cost and error on a dataset.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="split">Which of its parts.</param>
    /// <param name="examples">How many examples, at most: its first ones.</param>
    /// <exception cref="ArgumentException">The dataset has other inputs or classes than the network.</exception>
    /// <exception cref="ObjectDisposedException">The network is disposed.</exception>
    public Evaluation Evaluate(Dataset data, Split split = Split.Test, int examples = 10_000)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        ThrowIfDisposed();
        if (data.Inputs != Network.Inputs || (data.Targets?.Rows ?? data.Classes.Count) != Network.Labels)
            throw new ArgumentException($"{data.Name} has {data.Inputs} inputs and {data.Classes.Count} classes; this network has {Network.Inputs} and "
                + $"{Network.Classes}. Evaluate it on data of its own shape.", nameof(data));
        var evaluated = data.OpenFirst(examples, split, 1);
        var sums = default(ErrorSums);
        for (var first = 0; first < evaluated.Length; first += AtOnce)
        {
            var count = Math.Min(AtOnce, evaluated.Length - first);
            sums = sums.With(engine.Observe(evaluated, first, count, answers), count);
        }
        var point = sums.ToPoint(0, "", sums.Cost / evaluated.Length, Network, data, split);
        return new(evaluated.Length, point.Cost, point.Error) { Rmse = point.Rmse, Mae = point.Mae };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isDisposed = true;
        engine.Dispose();
    }

    private bool isDisposed;

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(isDisposed, this);

    private int Count(ReadOnlySpan<float> inputs)
    {
        ThrowIfDisposed();
        return inputs.Length % Network.Inputs == 0 ? inputs.Length / Network.Inputs : throw new ArgumentException(
            $"{inputs.Length} values are no whole number of examples; this network has {Network.Inputs} inputs. Pass all values of each example.",
            nameof(inputs));
    }

    private int Answer(ReadOnlySpan<float> inputs, int first, int examples)
    {
        var count = Math.Min(AtOnce, examples - first);
        engine.Observe(inputs.Slice(first * Network.Inputs, count * Network.Inputs), new int[count], answers);
        return count;
    }

    private static string Widths(int inputs, IEnumerable<int> units) => string.Join('-', units.Prepend(inputs));
}
