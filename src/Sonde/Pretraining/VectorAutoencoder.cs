using Sonde.Kernels.Dense;
using Sonde.Kernels.Layers;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;
using Sonde.Optimizers;

namespace Sonde.Pretraining;

/// <summary>A denoising autoencoder with tied weights as a team of threads trains it: <c>y = f(x' W + b)</c> of the corrupted input x', reconstructed as
/// <c>r(y W^T + c)</c>. The plain form is <see cref="ReferenceAutoencoder{T, TActivation, TReconstruction}"/>.</summary>
/// <remarks>If parts own rows of W, each corrupts and decodes the inputs of its own rows and computes their cost, and the team meets only before units are
/// collected and before everybody needs them. The weights' two gradients are one: of twice as many examples, the corrupted inputs with dCost/ds of the
/// encoder, then dCost/ds of the decoder with the codes. So the weights are read and moved once.</remarks>
/// <param name="setting">What is pre-trained.</param>
/// <param name="number">1 for the first hidden layer.</param>
/// <param name="capacity">The most examples handled at once, two mini-batches or more.</param>
/// <param name="rangeSums">Two, shared by all layers.</param>
/// <param name="team">The threads.</param>
internal sealed class VectorAutoencoder<TLanes, TActivation, TReconstruction>(
    PretrainingSetting setting, int number, int capacity, RangeSums<TLanes>[] rangeSums, WorkerTeam team) : IDisposable
    where TLanes : struct, IVectorLanes<TLanes>
    where TActivation : struct, IActivation
    where TReconstruction : struct, IReconstructionCost
{
    private readonly int inputs = setting.Network.FanIn(number), units = setting.Network.FanOut(number);
    private readonly VectorLayer<TLanes, TActivation, Sgd> layer = new(setting.Network.FanIn(number), setting.Network.FanOut(number), capacity);
    private readonly PaddedMatrix corrupted = Rows(capacity, setting.Network.FanIn(number)), decoded = Rows(capacity, setting.Network.FanIn(number));
    private readonly PaddedMatrix decoderBiases = Rows(1, setting.Network.FanIn(number)), noBiases = Rows(1, setting.Network.FanOut(number));
    private readonly (float Offset, float Factor) targets = setting.Plan.Cost.TargetsOf(setting.RangeOf(number));
    private readonly Sgd optimizer = new(setting.Plan.LearningRate);

    // Two in turn: while a part that is behind still adds up the last layer's sums, another may be at the next.
    private RangeSums<TLanes> Sums => rangeSums[number % 2];

    private bool OwnsRows => layer.OwnsRows(team.Threads);

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

    /// <summary>f(x W + b) of this part's units.</summary>
    /// <param name="clean">[examples, inputs]; if parts own rows, this part's columns of it are enough.</param>
    /// <param name="examples">How many.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <returns>[examples, units].</returns>
    public PaddedMatrix Encode(PaddedMatrix clean, int examples, int part)
    {
        if (!OwnsRows)
            team.Meet();
        layer.Sum(clean, examples, Sums, part, team.Threads);
        team.Meet();
        layer.Activate(examples, Sums, part, team.Threads);
        return layer.Activation;
    }

    /// <summary>Corrupts examples, encodes and decodes them: costs, and dCost/ds of the decoder.</summary>
    /// <param name="clean">[examples, inputs]; if parts own rows, this part's columns of it are enough.</param>
    /// <param name="firstExample">The first one's index in the stream.</param>
    /// <param name="examples">How many.</param>
    /// <param name="isTraining">False for the noise of evaluations.</param>
    /// <param name="costs">[examples, ranges of inputs], receives those of some ranges.</param>
    /// <param name="part">Which part, from 0.</param>
    public void Decode(PaddedMatrix clean, long firstExample, int examples, bool isTraining, float[] costs, int part)
    {
        var (first, end) = RowShare.Of(inputs, part, team.Threads);
        end = Math.Min(end, inputs);
        for (var n = 0; n < examples && first < end; n++)
        {
            clean.Row(n)[first..end].CopyTo(corrupted.Row(n)[first..end]);
            setting.Corrupt(number, firstExample + n, isTraining, corrupted.Row(n)[first..end], first);
        }
        Encode(corrupted, examples, part);
        team.Meet();
        layer.Propagate(layer.Activation, decoded, examples, part, team.Threads);
        if (!OwnsRows)
            team.Meet();
        ComputeCosts(clean, examples, costs, part);
        if (!OwnsRows)
            team.Meet();
    }

    /// <summary>Moves this part's parameters along the gradients of the examples last decoded.</summary>
    public void Update(int examples, int part)
    {
        layer.Sum(decoded, examples, Sums, part, team.Threads);
        team.Meet();
        layer.Collect(examples, Sums, noBiases, layer.Gradient, part, team.Threads);
        layer.Differentiate(layer.Gradient, examples, part, team.Threads);
        CopyBelow(layer.Activation, layer.Gradient, examples, RowShare.Of(units, part, team.Threads));
        CopyBelow(decoded, corrupted, examples, RowShare.Of(inputs, part, team.Threads));
        team.Meet();
        layer.UpdateWeights(corrupted, layer.Gradient, null, 2 * examples, optimizer, part, team.Threads);
        layer.UpdateBiases(examples, optimizer, part, team.Threads);
        if (part == 0)
            ReconstructionGradientSimd.MoveBiases<TLanes>(decoded, examples, optimizer.LearningRate, decoderBiases);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        layer.Dispose();
        foreach (var matrix in (ReadOnlySpan<PaddedMatrix>)[corrupted, decoded, decoderBiases, noBiases])
            matrix.Dispose();
    }

    // A cost is summed up range by range, so that it does not depend on the parts.
    private void ComputeCosts(PaddedMatrix clean, int examples, float[] costs, int part)
    {
        var ranges = RowShare.Ranges(inputs);
        var (first, end) = (ranges * part / team.Threads, ranges * (part + 1) / team.Threads);
        for (var n = 0; n < examples; n++)
            for (var range = first; range < end; range++)
                costs[n * ranges + range] = ReconstructionGradientSimd.Evaluate<TLanes, TReconstruction>(
                    n, RowShare.StartOf(range, inputs), RowShare.StartOf(range + 1, inputs), decoded, decoderBiases, clean, targets.Offset, targets.Factor,
                    scale: 1f / examples);
    }

    // Columns of the first rows of one matrix go below the first rows of another.
    private static void CopyBelow(PaddedMatrix from, PaddedMatrix into, int examples, (int First, int End) columns)
    {
        for (var n = 0; n < examples; n++)
            from.PaddedRow(n)[columns.First..columns.End].CopyTo(into.PaddedRow(examples + n)[columns.First..]);
    }

    private static PaddedMatrix Rows(int rows, int columns) => new(rows, columns, VectorLayer<TLanes, TActivation, Sgd>.ColumnBlock, spreadRows: true);
}
