using System.Runtime.InteropServices;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Training;

/// <summary>Finds where numbers stopped being finite.</summary>
internal static class Divergence
{
    /// <summary>The first layer and quantity that is NaN or infinite on this batch, in words.</summary>
    public static string Describe(IEngine engine, Parameters parameters, float[] inputs, int[] labels, long update)
    {
        if (Array.FindIndex(inputs, value => !float.IsFinite(value)) is >= 0 and var input)
            return $"input {input % engine.Network.Inputs} of example {input / engine.Network.Inputs} of the mini-batch is {inputs[input]} at update {update}";
        engine.Save(parameters);
        if (InParameters(parameters, update) is { } broken)
            return broken;
        var observation = new Observation(engine.Network, ObservationNeeds.Activations);
        engine.Observe(inputs, labels, observation);
        foreach (var layer in observation.Layers)
            if (!Array.TrueForAll(layer.Preactivation, float.IsFinite))
                return $"pre-activations of layer {layer.Layer} became non-finite at update {update}; a smaller learning rate may keep them finite";
        return $"the cost became non-finite at update {update}; a smaller learning rate may keep it finite";
    }

    /// <summary>The layer in which weights or biases became NaN or infinite, in words; null where all are finite.</summary>
    /// <remarks>The last such layer: an update goes from the output down, and what breaks in one layer breaks those below it too.</remarks>
    /// <param name="parameters">What to look at.</param>
    /// <param name="update">Updates done.</param>
    /// <param name="rate">What to make smaller, in the user's words.</param>
    public static string? InParameters(Parameters parameters, long update, string rate = "learning rate") =>
        Broken(parameters) is { } broken ? $"{broken} became non-finite at update {update}; a smaller {rate} may keep them finite" : null;

    /// <summary>What the optimizer remembers that became NaN or infinite, in words; null where all is finite.</summary>
    /// <remarks>Parameters may be finite then: a step divided by an infinite mean of squares is 0, until the next gradient turns that mean into NaN.</remarks>
    public static string? InMemory(OptimizerState state, long update)
    {
        foreach (var (name, values) in state.Names.Zip(state.Memory))
            if (Broken(values) is { } broken)
                return $"the optimizer's {name} of the {broken} became non-finite at update {update}; a smaller learning rate may keep it finite";
        return null;
    }

    /// <summary>The decoder whose biases became NaN or infinite, in words; null where all are finite.</summary>
    /// <inheritdoc cref="InParameters"/>
    public static string? InDecoders(IReadOnlyList<float[]> biases, long update, string rate)
    {
        for (var layer = 1; layer <= biases.Count; layer++)
            if (!AreFinite(biases[layer - 1]))
                return $"decoder biases of layer {layer} became non-finite at update {update}; a smaller {rate} may keep them finite";
        return null;
    }

    private static string? Broken(Parameters values)
    {
        for (var layer = values.Layers.Count; layer >= 1; layer--)
        {
            var (_, _, weights, biases) = values.Layers[layer - 1];
            var broken = !AreFinite(weights) ? "weights" : !AreFinite(biases) ? "biases" : null;
            if (broken is not null)
                return $"{broken} of layer {layer}";
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
