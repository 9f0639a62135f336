using System.Numerics;
using Sonde.Kernels.Dense;
using Sonde.Networks;

namespace Sonde.Engines.Reference;

/// <summary>Forward and back-propagation through a whole network with the plain kernels, in single or double precision.</summary>
/// <remarks>This is the paper's computation line by line, for reading, for gradient checks and as the twin of the vector engine. Layer i is at
/// index i - 1 of every list; the output layer is the last.</remarks>
/// <param name="network">What to compute.</param>
internal sealed class ReferenceNetwork<T>(Network network)
    where T : struct, IFloatingPointIeee754<T>
{
    /// <summary>Multiplies the values of a layer's units for an example by 0 or by what makes up for those.</summary>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="example">Its place in the batch.</param>
    /// <param name="values">[units], activations or gradients, in place.</param>
    public delegate void DropValues(int layer, int example, Span<T> values);

    private readonly T[][] passed = new T[network.Layers][];
    private DropValues? dropValues;
    private int[] labelsOfBatch = [];

    /// <summary>The output layer and the cost.</summary>
    public OutputCost OutputCost { get; } = new(network);

    /// <summary>[fan-in, fan-out] of each layer, row major.</summary>
    public T[][] Weights { get; } = ForEachLayer(network, layer => network.FanIn(layer) * network.FanOut(layer));

    /// <summary>[fan-out] of each layer.</summary>
    public T[][] Biases { get; } = ForEachLayer(network, network.FanOut);

    /// <summary>dCost/dW of each layer, averaged over the batch.</summary>
    public T[][] WeightGradients { get; } = ForEachLayer(network, layer => network.FanIn(layer) * network.FanOut(layer));

    /// <summary>dCost/db of each layer, averaged over the batch.</summary>
    public T[][] BiasGradients { get; } = ForEachLayer(network, network.FanOut);

    /// <summary>s of each layer, [batch, fan-out].</summary>
    public T[][] Preactivations { get; } = new T[network.Layers][];

    /// <summary>z of each layer, [batch, fan-out]; of the output layer, its outputs such as P(y|x).</summary>
    public T[][] Activations { get; } = new T[network.Layers][];

    /// <summary>dCost/ds of each layer, of the cost of each example, [batch, fan-out].</summary>
    public T[][] BackpropagatedGradients { get; } = new T[network.Layers][];

    /// <summary>The cost of each example, [batch].</summary>
    public T[] Costs { get; private set; } = [];

    /// <summary>Computes pre-activations, activations and costs of a batch.</summary>
    /// <param name="inputs">[batch, network inputs].</param>
    /// <param name="labels">[batch].</param>
    /// <param name="drop">Multiplies the values of a layer and an example by their dropout; null for none.</param>
    public void Forward(ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels, DropValues? drop = null)
    {
        dropValues = drop;
        var batch = labels.Length;
        labelsOfBatch = labels.ToArray();
        var z = inputs;
        for (var i = 0; i < network.Layers; i++)
        {
            var (fanIn, fanOut) = (network.FanIn(i + 1), network.FanOut(i + 1));
            var s = Preactivations[i] = new T[batch * fanOut];
            DenseForward.Preactivation(z, Weights[i], Biases[i], fanIn, fanOut, s);
            Activations[i] = new T[batch * fanOut];
            if (i < network.Depth)
                network.ActivationOf(i + 1).Apply<T>(s, Activations[i]);
            z = passed[i] = Dropped(i, Activations[i]);
        }
        Costs = new T[batch];
        var (output, classes) = (network.Layers - 1, network.Classes);
        BackpropagatedGradients[output] = new T[batch * classes];
        for (var n = 0; n < batch; n++)
            Costs[n] = OutputCost.Evaluate<T>(
                Preactivations[output].AsSpan(n * classes, classes), labels[n],
                Activations[output].AsSpan(n * classes, classes), BackpropagatedGradients[output].AsSpan(n * classes, classes));
    }

    /// <summary>Computes back-propagated gradients and parameter gradients of the batch last passed to <see cref="Forward"/>.</summary>
    /// <param name="inputs">The same inputs, [batch, network inputs].</param>
    public void Backward(ReadOnlySpan<T> inputs)
    {
        for (var i = network.Layers - 1; i >= 0; i--)
        {
            var (fanIn, fanOut) = (network.FanIn(i + 1), network.FanOut(i + 1));
            DenseUpdate.WeightGradient(i == 0 ? inputs : passed[i - 1], BackpropagatedGradients[i], fanIn, fanOut, WeightGradients[i]);
            DenseUpdate.BiasGradient<T>(BackpropagatedGradients[i], fanOut, BiasGradients[i]);
            if (i == 0)
                return;
            var below = BackpropagatedGradients[i - 1] = new T[Activations[i - 1].Length];
            DenseBackward.Propagate<T>(BackpropagatedGradients[i], Weights[i], fanIn, fanOut, below);
            network.ActivationOf(i).Differentiate<T>(Preactivations[i - 1], Activations[i - 1], below);
            Dropped(i - 1, below).CopyTo(below, 0);
        }
    }

    /// <summary>Computes the diagonal of the Gauss-Newton matrix of the batch last passed to <see cref="Forward"/> by a second back-propagation: the
    /// first one with W, z and f' squared, from <see cref="OutputCost.Curvature"/>. Source: [LeCun1998b], section 7.</summary>
    /// <param name="inputs">The same inputs, [batch, network inputs].</param>
    /// <returns>The approximate second derivatives of the mean cost in the weights and in the biases of each layer.</returns>
    /// <remarks>Exact Gauss-Newton would carry a matrix from layer to layer; what is off its diagonal is dropped at each layer.</remarks>
    public (T[][] OfWeights, T[][] OfBiases) Curvature(ReadOnlySpan<T> inputs)
    {
        var (ofWeights, ofBiases) = (ForEachLayer(network, layer => network.FanIn(layer) * network.FanOut(layer)), ForEachLayer(network, network.FanOut));
        var (batch, classes) = (Costs.Length, network.Classes);
        var curvature = new T[batch * classes];
        for (var n = 0; n < batch; n++)
            OutputCost.Curvature<T>(
                Preactivations[^1].AsSpan(n * classes, classes), labelsOfBatch[n], Activations[^1].AsSpan(n * classes, classes),
                curvature.AsSpan(n * classes, classes));
        for (var i = network.Layers - 1; i >= 0; i--)
        {
            var (fanIn, fanOut) = (network.FanIn(i + 1), network.FanOut(i + 1));
            DenseUpdate.WeightGradient<T>(Squares(i == 0 ? inputs : passed[i - 1]), curvature, fanIn, fanOut, ofWeights[i]);
            DenseUpdate.BiasGradient<T>(curvature, fanOut, ofBiases[i]);
            if (i == 0)
                break;
            var below = new T[batch * fanIn];
            DenseBackward.Propagate<T>(curvature, Squares(Weights[i]), fanIn, fanOut, below);
            // The square of f'.
            network.ActivationOf(i).Differentiate<T>(Preactivations[i - 1], Activations[i - 1], below);
            network.ActivationOf(i).Differentiate<T>(Preactivations[i - 1], Activations[i - 1], below);
            curvature = below;
        }
        return (ofWeights, ofBiases);
    }

    // What passes on of a layer's values; the values themselves without dropout.
    private T[] Dropped(int i, T[] values)
    {
        if (dropValues is null || i >= network.HiddenLayers.Count || network.HiddenLayers[i].Dropout == 0)
            return values;
        T[] dropped = [.. values];
        var units = network.FanOut(i + 1);
        for (var n = 0; n < values.Length / units; n++)
            dropValues(i + 1, n, dropped.AsSpan(n * units, units));
        return dropped;
    }

    private static T[] Squares(ReadOnlySpan<T> values)
    {
        var squares = values.ToArray();
        foreach (ref var value in squares.AsSpan())
            value *= value;
        return squares;
    }

    private static T[][] ForEachLayer(Network network, Func<int, int> size) =>
        [.. Enumerable.Range(1, network.Layers).Select(layer => new T[size(layer)])];
}
