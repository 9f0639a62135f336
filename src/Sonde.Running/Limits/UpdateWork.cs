using Sonde.Networks;

namespace Sonde.Running.Limits;

/// <summary>What an update by plain descent cannot do without.</summary>
/// <param name="Operations">Of the matrix products: forwards, backwards to every layer but the input, and weight gradients; two for a multiply-add.</param>
/// <param name="WeightBytes">Memory of the weights.</param>
internal readonly record struct UpdateWork(double Operations, double WeightBytes)
{
    /// <summary>Bytes that move: weights are read forwards, and read and written backwards.</summary>
    public double MovedBytes => MemoryBandwidth.Passes * WeightBytes;

    /// <summary>Counts the work of an update.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">Examples per update.</param>
    public static UpdateWork Of(Network network, int batch)
    {
        var weights = Enumerable.Range(1, network.Layers).Sum(layer => (double)network.FanIn(layer) * network.FanOut(layer));
        return new(2.0 * batch * (3 * weights - (double)network.FanIn(1) * network.FanOut(1)), sizeof(float) * weights);
    }
}
