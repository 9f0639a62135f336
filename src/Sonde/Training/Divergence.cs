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
        for (var layer = 1; layer <= engine.Network.Layers; layer++)
        {
            var (_, _, weights, biases) = parameters.Layers[layer - 1];
            if (!Array.TrueForAll(weights, float.IsFinite))
                return $"weights of layer {layer} became non-finite at update {update}; a smaller learning rate may keep them finite";
            if (!Array.TrueForAll(biases, float.IsFinite))
                return $"biases of layer {layer} became non-finite at update {update}; a smaller learning rate may keep them finite";
        }
        var observation = new Observation(engine.Network, ObservationNeeds.Activations);
        engine.Observe(inputs, labels, observation);
        foreach (var layer in observation.Layers)
            if (!Array.TrueForAll(layer.Preactivation, float.IsFinite))
                return $"pre-activations of layer {layer.Layer} became non-finite at update {update}; a smaller learning rate may keep them finite";
        return $"the cost became non-finite at update {update}; a smaller learning rate may keep it finite";
    }
}
