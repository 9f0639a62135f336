using Sonde.Networks;
using Sonde.Running.Limits;

namespace Sonde.Measuring;

/// <summary>What is trained for its speed: a network of equal hidden layers, a batch, and where its examples come from.</summary>
/// <param name="Name">The name in tables and results.</param>
/// <param name="Inputs">Values per example.</param>
/// <param name="Width">Units of each hidden layer.</param>
/// <param name="Depth">Hidden layers.</param>
/// <param name="Classes">Units of the output layer.</param>
/// <param name="Batch">Examples per update.</param>
/// <param name="DrawsShapeset">True to draw fresh Shapeset images (1,024 inputs, nine classes); false for random numbers in memory.</param>
internal record Workload(string Name, int Inputs, int Width, int Depth, int Classes, int Batch, bool DrawsShapeset = false)
{
    /// <summary>Floating-point operations of one update's matrix products: forward, backward to every layer but the input, and the weight gradients.</summary>
    /// <remarks>A fused multiply-add counts two. Activations, the cost and the data count nothing, for us and for peers.</remarks>
    public virtual double FlopsPerUpdate => UpdateWork.Of(Network(), Batch).Operations;

    /// <summary>What an update cannot do without; null if nobody has counted it.</summary>
    public virtual UpdateWork? Work => UpdateWork.Of(Network(), Batch);

    /// <summary>The arguments of a peer for it, before the seconds.</summary>
    public virtual string ForPeers => $"{Inputs} {Width} {Depth} {Classes} {Batch}";

    /// <summary>How fast Sonde trains it: half of the seconds unmeasured, then for the seconds.</summary>
    public virtual double OwnUpdatesPerSecond(int threads, double seconds) => OwnTraining.UpdatesPerSecond(this, threads, seconds);

    /// <summary>The network, with the paper's output layer, cost and normalized initialization.</summary>
    /// <param name="activation">A name of <see cref="ActivationList"/>.</param>
    public Network Network(string activation = "tanh") => new(
        Inputs, [.. Enumerable.Repeat(Width, Depth)], Classes,
        ActivationList.Find(activation)
            ?? throw new ArgumentException($"Expected one of {string.Join(", ", ActivationList.All)}, got '{activation}'. Correct the name."),
        InitializerList.Find("normalized")!, CostList.Find("nll")!);

    /// <inheritdoc/>
    public override string ToString() => $"{Inputs} -> {Depth} x {Width} -> {Classes}, batch {Batch}";
}
