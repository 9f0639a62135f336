using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Records.Files;

namespace Sonde.Records.Checkpoints;

/// <summary>What an optimizer remembers as named tensors: <c>velocity.layer1.weights</c>, and so on; none for plain gradient descent.</summary>
internal static class OptimizerTensors
{
    /// <summary>The tensors of everything remembered; they share its arrays.</summary>
    public static IReadOnlyList<Tensor> FromState(OptimizerState state) =>
        [.. state.Names.Zip(state.Memory).SelectMany(memory => ParameterTensors.FromParameters(memory.Second, $"{memory.First}."))];

    /// <summary>The state in tensors, which have to be of the network's shape.</summary>
    /// <exception cref="RecordException">A tensor is missing, left over or of another shape.</exception>
    public static OptimizerState Read(IReadOnlyList<Tensor> tensors, Network network, long steps, string path)
    {
        var memories = tensors.GroupBy(tensor => tensor.Name.Split('.')[0]).ToList();
        return new([.. memories.Select(memory => (memory.Key, ParameterTensors.Read([.. memory], network, path, $"{memory.Key}.")))]) { Steps = steps };
    }
}
