using Sonde.Networks;

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

    /// <summary>The first layer whose weights or biases are NaN or infinite, in words; null where all are finite.</summary>
    public static string? InParameters(Parameters parameters, long update)
    {
        for (var layer = 1; layer <= parameters.Layers.Count; layer++)
        {
            var (_, _, weights, biases) = parameters.Layers[layer - 1];
            var broken = !AreFinite(weights) ? "weights" : !AreFinite(biases) ? "biases" : null;
            if (broken is not null)
                return $"{broken} of layer {layer} became non-finite at update {update}; a smaller learning rate may keep them finite";
        }
        return null;
    }

    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        // An exponent of all ones is what NaN and the infinities have in common: without a branch a look at 4 million weights takes a few milliseconds.
        uint largest = 0;
        foreach (var value in values)
            largest = Math.Max(largest, BitConverter.SingleToUInt32Bits(value) & 0x7F80_0000);
        return largest != 0x7F80_0000;
    }
}
