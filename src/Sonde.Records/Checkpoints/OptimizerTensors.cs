using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Records.Files;

namespace Sonde.Records.Checkpoints;

/// <summary>Names the state of an optimizer: <c>velocity.layer1.weights</c>, and so on; plain gradient descent has none.</summary>
internal static class OptimizerTensors
{
    /// <summary>Returns the tensors of the state; they share its arrays.</summary>
    public static IReadOnlyList<Tensor> FromState(OptimizerState state) =>
        [.. state.Names.Zip(state.Memory).SelectMany(memory => ParameterTensors.FromParameters(memory.Second, $"{memory.First}."))];

    /// <summary>Returns the state in tensors, which must be of the network's shape.</summary>
    /// <exception cref="RecordException">A tensor is missing, left over or of another shape.</exception>
    public static OptimizerState Read(IReadOnlyList<Tensor> tensors, Network network, long steps, string path)
    {
        var memories = tensors.GroupBy(tensor => tensor.Name.Split('.')[0]).ToList();
        return new([.. memories.Select(memory => (memory.Key, ParameterTensors.Read([.. memory], network, path, $"{memory.Key}.")))]) { Steps = steps };
    }
}
