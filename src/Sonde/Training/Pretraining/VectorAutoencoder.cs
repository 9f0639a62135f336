using Sonde.Kernels;
using Sonde.Numerics;

namespace Sonde.Training.Pretraining;

/// <summary>A denoising autoencoder with tied weights as a team of threads trains it: <c>y = f(x' W + b)</c> of the corrupted input x', reconstructed as
/// <c>r(y W^T + c)</c>. The plain form is <see cref="ReferenceAutoencoder{T, TActivation, TReconstruction}"/>.</summary>
/// <param name="setting">What is pre-trained.</param>
/// <param name="number">1 for the first hidden layer.</param>
/// <param name="sums">Shared by all layers.</param>
/// <param name="team">Who works.</param>
internal sealed class VectorAutoencoder<TLanes, TActivation, TReconstruction>(
    PretrainingSetting setting, int number, RangeSums<TLanes> sums, WorkerTeam team) : IDisposable
    where TLanes : struct, IVectorLanes<TLanes>
    where TActivation : struct, IActivation
    where TReconstruction : struct, IReconstruction
{
    private readonly VectorLayer<TLanes, TActivation, Sgd> layer = new(setting.Network.FanIn(number), setting.Network.FanOut(number), setting.Batch);
    private readonly PaddedMatrix corrupted = Rows(setting.Batch, setting.Network.FanIn(number)), decoded = Rows(setting.Batch, setting.Network.FanIn(number));
    private readonly PaddedMatrix decoderBiases = Rows(1, setting.Network.FanIn(number)), noBiases = Rows(1, setting.Network.FanOut(number));
    private readonly (float Offset, float Factor) targets = setting.Plan.Reconstruction.TargetsOf(setting.RangeOf(number));
    private readonly Sgd optimizer = new(setting.Plan.LearningRate);

    /// <summary>Copies parameters in.</summary>
    public void Load(ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, ReadOnlySpan<float> ofDecoder)
    {
        layer.Parameters.Load(weights, biases);
        decoderBiases.CopyFrom(ofDecoder);
    }

    /// <summary>Copies parameters out.</summary>
    public void Save(Span<float> weights, Span<float> biases, Span<float> ofDecoder)
    {
        layer.Parameters.Save(weights, biases);
        decoderBiases.CopyTo(ofDecoder);
    }

    /// <summary>f(x W + b), for this part; all parts have met when it returns.</summary>
    /// <returns>[examples, units].</returns>
    public PaddedMatrix Encode(PaddedMatrix inputs, int examples, int part)
    {
        layer.Sum(inputs, examples, sums, part, team.Threads);
        team.Meet();
        layer.Activate(examples, sums, isOutput: false, part, team.Threads);
        team.Meet();
        return layer.Activation;
    }

    /// <summary>Corrupts one example.</summary>
    /// <param name="clean">[examples, inputs].</param>
    /// <param name="n">Its row.</param>
    /// <param name="example">Its index in the stream.</param>
    /// <param name="isTraining">False for the noise of evaluations.</param>
    public void Corrupt(PaddedMatrix clean, int n, long example, bool isTraining)
    {
        clean.Row(n).CopyTo(corrupted.Row(n));
        setting.Corrupt(number, example, isTraining, corrupted.Row(n));
    }

    /// <summary>Encodes the corrupted examples and decodes them: costs, and dCost/ds of the decoder, for this part; all parts have met when it
    /// returns.</summary>
    /// <param name="clean">[examples, inputs].</param>
    /// <param name="examples">How many.</param>
    /// <param name="costs">[examples], receives those of this part's examples.</param>
    /// <param name="part">Which part, from 0.</param>
    public void Decode(PaddedMatrix clean, int examples, float[] costs, int part)
    {
        layer.Propagate(Encode(corrupted, examples, part), decoded, examples, part, team.Threads);
        team.Meet();
        for (var n = part; n < examples; n += team.Threads)
            costs[n] = ReconstructionSimd.Judge<TLanes, TReconstruction>(
                n, decoded, decoderBiases, clean, targets.Offset, targets.Factor, scale: 1f / examples);
        team.Meet();
    }

    /// <summary>Moves this part's parameters along the gradients of the examples last decoded: weights have one from the encoder and one from the
    /// decoder.</summary>
    public void Update(int examples, int part)
    {
        layer.Sum(decoded, examples, sums, part, team.Threads);
        team.Meet();
        layer.Collect(examples, sums, noBiases, layer.Gradient, part, team.Threads);
        layer.Differentiate(layer.Gradient, examples, part, team.Threads);
        team.Meet();
        layer.UpdateWeights(corrupted, layer.Gradient, null, examples, optimizer, part, team.Threads);
        layer.UpdateWeights(decoded, layer.Activation, null, examples, optimizer, part, team.Threads);
        if (part < team.Threads - 1)
            return;
        layer.UpdateBiases(examples, optimizer);
        ReconstructionSimd.MoveBiases<TLanes>(decoded, examples, optimizer.LearningRate, decoderBiases);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        layer.Dispose();
        foreach (var matrix in (ReadOnlySpan<PaddedMatrix>)[corrupted, decoded, decoderBiases, noBiases])
            matrix.Dispose();
    }

    private static PaddedMatrix Rows(int rows, int columns) => new(rows, columns, VectorLayer<TLanes, TActivation, Sgd>.ColumnBlock, spreadRows: true);
}
