using System.Runtime.InteropServices;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Training;

/// <summary>Finds where numbers stopped being finite.</summary>
internal static class DivergenceSearch
{
    /// <summary>Finds the first layer and quantity that is NaN or infinite on a mini-batch whose cost is not finite.</summary>
    /// <param name="engine">Holds the parameters.</param>
    /// <param name="parameters">Arrays of the network's shape to work with.</param>
    /// <param name="inputs">The mini-batch.</param>
    /// <param name="labels">Its classes.</param>
    /// <param name="update">Updates done.</param>
    public static Divergence InBatch(IEngine engine, Parameters parameters, float[] inputs, int[] labels, long update)
    {
        if (Array.FindIndex(inputs, value => !float.IsFinite(value)) is >= 0 and var input)
            return new(update, 0, "input", $"input {input % engine.Network.Inputs} of example {input / engine.Network.Inputs} of the mini-batch is "
                + $"{inputs[input]} at update {update}; correct it, or leave the example out");
        if (engine.Network.Targets is { } targets)
            foreach (var (example, label) in labels.Index())
                foreach (var target in targets.Row(label))
                    if (!float.IsFinite(target))
                        return new(update, null, "target", $"a target of example {example} of the mini-batch is {target} at update {update}; correct it, or "
                            + "leave the example out");
        engine.Save(parameters);
        if (InParameters(parameters, update) is { } broken)
            return broken;
        var observation = new Observation(engine.Network, ObservationNeeds.Activations);
        engine.Observe(inputs, labels, observation);
        foreach (var layer in observation.Layers)
            if (!Array.TrueForAll(layer.Preactivation, float.IsFinite))
                return Divergence.FromStep(update, layer.Layer, "preactivation", $"pre-activations of layer {layer.Layer}");
        return Divergence.FromStep(update, null, "cost", "the cost", them: "it");
    }

    /// <summary>Finds the layer in which weights or biases became NaN or infinite; null if all are finite.</summary>
    /// <remarks>The last such layer: an update goes from the output down, and what breaks in one layer breaks those below it too.</remarks>
    /// <param name="parameters">The parameters.</param>
    /// <param name="update">Updates done.</param>
    /// <param name="rate">The setting to make smaller, in the user's words.</param>
    public static Divergence? InParameters(Parameters parameters, long update, string rate = "learning rate") =>
        FindLayer(parameters) is var (layer, quantity, words) ? Divergence.FromStep(update, layer, quantity, words, rate) : null;

    /// <summary>Finds what the optimizer remembers that became NaN or infinite; null if all is finite.</summary>
    /// <remarks>Parameters may be finite then: a step divided by an infinite mean of squares is 0, until the next gradient turns that mean into NaN.</remarks>
    public static Divergence? InMemory(OptimizerState state, long update)
    {
        foreach (var (name, values) in state.Names.Zip(state.Memory))
            if (FindLayer(values) is var (layer, _, words))
                return Divergence.FromStep(update, layer, name, $"the optimizer's {name} of the {words}", them: "it");
        return null;
    }

    /// <summary>Finds the decoder whose biases became NaN or infinite; null if all are finite.</summary>
    /// <param name="biases">[fan-in] of each hidden layer, from the input.</param>
    /// <param name="update">Updates done.</param>
    /// <param name="rate">The setting to make smaller, in the user's words.</param>
    public static Divergence? InDecoders(IReadOnlyList<float[]> biases, long update, string rate)
    {
        for (var layer = 1; layer <= biases.Count; layer++)
            if (!AreFinite(biases[layer - 1]))
                return Divergence.FromStep(update, layer, "decoderBias", $"decoder biases of layer {layer}", rate);
        return null;
    }

    private static (int Layer, string Quantity, string Words)? FindLayer(Parameters values)
    {
        for (var layer = values.Layers.Count; layer >= 1; layer--)
        {
            var (_, _, weights, biases) = values.Layers[layer - 1];
            if (!AreFinite(weights))
                return (layer, "weight", $"weights of layer {layer}");
            if (!AreFinite(biases))
                return (layer, "bias", $"biases of layer {layer}");
        }
        return null;
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        // NaN and the infinities have an exponent of all ones, and only there does one more carry into the sign. Two values at a time, without a branch.
        const ulong Exponents = 0x7F80_0000_7F80_0000, One = 0x0080_0000_0080_0000, Signs = 0x8000_0000_8000_0000;
        ulong carried = 0;
        var pairs = MemoryMarshal.Cast<float, ulong>(values);
        foreach (var pair in pairs)
            carried |= (pair & Exponents) + One;
        return (carried & Signs) == 0 && (values.Length == 2 * pairs.Length || float.IsFinite(values[^1]));
    }
}
