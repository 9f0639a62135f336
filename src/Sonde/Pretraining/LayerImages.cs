using Sonde.Data;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Training;

namespace Sonde.Pretraining;

/// <summary>Computes images of what autoencoders have learned with the plain kernels: reconstructions of some validation examples, and the filters of the
/// first layer.</summary>
/// <param name="setting">What pre-training computes.</param>
/// <param name="data">Where examples come from.</param>
/// <param name="parameters">The trained parameters.</param>
/// <param name="decoderBiases">[fan-in] of each hidden layer, from the input.</param>
internal sealed class LayerImages(PretrainingSetting setting, Dataset data, Parameters parameters, IReadOnlyList<float[]> decoderBiases)
{
    private const int MostExamples = 12, MostFilters = 100;

    /// <summary>Computes the images that are due when a layer has been trained.</summary>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="update">Updates done.</param>
    public IEnumerable<LayerImage> CreateAfter(int layer, long update)
    {
        var (clean, _) = data.OpenFirst(MostExamples, Split.Validation, setting.Seed).Read();
        IEnumerable<LayerImage> Images(string quantity, float[] values) => values.Chunk(data.Inputs)
            .Select((image, index) => new LayerImage(update, layer, quantity, index, data.Shape, Array.ConvertAll(image, value => (double)value)));

        var codes = clean;
        for (var below = 1; below <= layer; below++)
            codes = Encode(below, codes);
        var reconstructions = Images(ImageQuantity.Reconstruction, DecodeAll(layer, codes));
        if (layer > 1)
            return reconstructions;
        var corrupted = (float[])clean.Clone();
        for (var n = 0; n * data.Inputs < corrupted.Length; n++)
            setting.Corrupt(layer, n, isTraining: false, corrupted.AsSpan(n * data.Inputs, data.Inputs));
        return
        [
            .. Images(ImageQuantity.Clean, clean), .. Images(ImageQuantity.Corrupted, corrupted),
            .. Images(ImageQuantity.Denoised, DecodeAll(1, Encode(1, corrupted))), .. reconstructions, .. Images(ImageQuantity.Filter, Filters()),
        ];
    }

    private float[] Filters()
    {
        var first = parameters.Layers[0];
        var filters = new float[Math.Min(MostFilters, first.FanOut) * first.FanIn];
        for (var k = 0; k < filters.Length; k++)
            filters[k] = first.Weights[k % first.FanIn * first.FanOut + k / first.FanIn];
        return filters;
    }

    private float[] Encode(int layer, float[] z)
    {
        var (fanIn, fanOut, weights, biases) = parameters.Layers[layer - 1];
        var codes = new float[z.Length / fanIn * fanOut];
        DenseForward.Preactivation<float>(z, weights, biases, fanIn, fanOut, codes);
        return Array.ConvertAll(codes, s => (float)setting.Network.Activations[0].Value(s));
    }

    private float[] DecodeAll(int layer, float[] codes)
    {
        for (; layer >= 1; layer--)
        {
            var (fanIn, fanOut, weights, _) = parameters.Layers[layer - 1];
            var (offset, factor) = setting.Plan.Cost.TargetsOf(setting.RangeOf(layer));
            var decoded = new float[codes.Length / fanOut * fanIn];
            DenseBackward.Propagate<float>(codes, weights, fanIn, fanOut, decoded);
            for (var k = 0; k < decoded.Length; k++)
                decoded[k] = offset + setting.Plan.Cost.Value(decoded[k] + decoderBiases[layer - 1][k % fanIn]) / factor;
            codes = decoded;
        }
        return codes;
    }
}
