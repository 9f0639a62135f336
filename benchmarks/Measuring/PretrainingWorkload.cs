using Sonde.Running.Limits;
namespace Sonde.Measuring;

/// <summary>Pre-training of one hidden layer of the paper's network as a denoising autoencoder with tied weights, a quarter of its inputs masked.</summary>
/// <param name="Layer">1 for the first hidden layer; those below it only encode.</param>
/// <param name="Reconstruction">What a reconstruction costs, a name of <see cref="Sonde.Pretraining.ReconstructionCostList"/>.</param>
internal sealed record PretrainingWorkload(int Layer, string Reconstruction)
    : Workload($"autoencoder/{Reconstruction}-{Layer}", 1024, 1000, 5, 9, 10)
{
    /// <summary>Floating-point operations of one update's matrix products: codes of the layers below; encoder, decoder, back through the decoder, and two
    /// weight gradients of the layer.</summary>
    public override double FlopsPerUpdate
    {
        get
        {
            double Weights(int layer) => (layer == 1 ? Inputs : Width) * (double)Width;
            return 2.0 * Batch * (5 * Weights(Layer) + Enumerable.Range(1, Layer - 1).Sum(Weights));
        }
    }

    /// <inheritdoc/>
    public override UpdateWork? Work => null;

    /// <inheritdoc/>
    public override string ForPeers => $"{Layer} {Reconstruction}";

    /// <inheritdoc/>
    public override double OwnUpdatesPerSecond(int threads, double seconds)
    {
        using var pretraining = new OwnPretraining(this, threads);
        return pretraining.UpdatesPerSecond(seconds);
    }

    /// <inheritdoc/>
    public override string ToString() => $"layer {Layer} of {Inputs} -> {Depth} x {Width} by {Reconstruction}, batch {Batch}";
}
