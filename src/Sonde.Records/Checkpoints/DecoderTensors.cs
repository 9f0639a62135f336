using Sonde.Networks;
using Sonde.Records.Files;

namespace Sonde.Records.Checkpoints;

/// <summary>Names the decoder biases of autoencoders: <c>layer1.decoderBiases</c> [fanIn], and so on, one tensor per hidden layer.</summary>
internal static class DecoderTensors
{
    /// <summary>Returns the tensors, from the input; they share the arrays.</summary>
    public static IReadOnlyList<Tensor> FromBiases(IReadOnlyList<float[]> biases) =>
        [.. biases.Select((values, i) => new Tensor(NameOf(i + 1), [values.Length], values))];

    /// <summary>Returns the biases in tensors, which must be exactly those of the network.</summary>
    /// <exception cref="RecordException">A tensor is missing, left over or of another shape.</exception>
    public static IReadOnlyList<float[]> Read(IReadOnlyList<Tensor> tensors, Network network, string path)
    {
        var expected = Enumerable.Range(1, network.Depth).Select(layer => (Name: NameOf(layer), Length: (long)network.FanIn(layer))).ToList();
        return tensors.Select(tensor => (tensor.Name, Length: tensor.Shape is [var length] ? length : -1)).SequenceEqual(expected)
            ? [.. tensors.Select(tensor => tensor.Values)]
            : throw new RecordException($"{path}: expected decoder biases of {network.Depth} hidden layers, found "
            + $"{string.Join(", ", tensors.Select(t => t.Name))}. "
                + "The checkpoint is of another network; use the study it was made by, or delete the trial's folder.");
    }

    private static string NameOf(int layer) => $"layer{layer}.decoderBiases";
}
