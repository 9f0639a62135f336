using System.Numerics;
using Sonde.Kernels.Dense;

namespace Sonde.Pretraining;

/// <summary>A denoising autoencoder with tied weights by the plain kernels, in single or double precision: <c>y = f(x' W + b)</c> of the corrupted input x',
/// reconstructed as <c>r(y W^T + c)</c>. Source: [Vincent2008], section 2.3.</summary>
/// <param name="inputs">Values of an example.</param>
/// <param name="units">Hidden units.</param>
internal sealed class ReferenceAutoencoder<T, TActivation, TReconstruction>(int inputs, int units)
    where T : struct, IFloatingPointIeee754<T>
    where TActivation : struct, IActivation
    where TReconstruction : struct, IReconstructionCost
{
    private T[] s = [], y = [], codeGradient = [], outputGradient = [];

    /// <summary>[inputs, units], row major: the encoder's weights, and the decoder's transposed.</summary>
    public T[] Weights { get; } = new T[inputs * units];

    /// <summary>b, [units].</summary>
    public T[] Biases { get; } = new T[units];

    /// <summary>c, [inputs].</summary>
    public T[] DecoderBiases { get; } = new T[inputs];

    /// <summary>dCost/dW, averaged over the batch.</summary>
    public T[] WeightGradient { get; } = new T[inputs * units];

    /// <summary>dCost/db, averaged over the batch.</summary>
    public T[] BiasGradient { get; } = new T[units];

    /// <summary>dCost/dc, averaged over the batch.</summary>
    public T[] DecoderBiasGradient { get; } = new T[inputs];

    /// <summary>The cost of each example, [batch].</summary>
    public T[] Costs { get; private set; } = [];

    /// <summary>Computes reconstructions and their costs.</summary>
    /// <param name="corrupted">[batch, inputs].</param>
    /// <param name="targets">[batch, inputs].</param>
    public void Forward(ReadOnlySpan<T> corrupted, ReadOnlySpan<T> targets)
    {
        var batch = corrupted.Length / inputs;
        (s, y, outputGradient, Costs) = (new T[batch * units], new T[batch * units], new T[batch * inputs], new T[batch]);
        DenseForward.Preactivation(corrupted, Weights, Biases, inputs, units, s);
        DenseForward.Activate<T, TActivation>(s, y);
        // y W^T is computed as dCost/dz is from dCost/ds.
        DenseBackward.Propagate<T>(y, Weights, inputs, units, outputGradient);
        for (var n = 0; n < batch; n++)
            Costs[n] = ReconstructionGradient.Evaluate<T, TReconstruction>(
                DecoderBiases, targets.Slice(n * inputs, inputs), offset: T.Zero, factor: T.One, scale: T.One, outputGradient.AsSpan(n * inputs, inputs));
    }

    /// <summary>Computes the gradients of the batch last passed to <see cref="Forward"/>: weights have one from the encoder and one from the decoder.</summary>
    /// <param name="corrupted">The same inputs, [batch, inputs].</param>
    public void Backward(ReadOnlySpan<T> corrupted)
    {
        codeGradient = new T[y.Length];
        DenseForward.Preactivation<T>(outputGradient, Weights, new T[units], inputs, units, codeGradient);
        DenseBackward.Differentiate<T, TActivation>(s, y, codeGradient);
        var ofEncoder = new T[Weights.Length];
        DenseUpdate.WeightGradient(corrupted, codeGradient, inputs, units, ofEncoder);
        DenseUpdate.WeightGradient<T>(outputGradient, y, inputs, units, WeightGradient);
        DenseUpdate.BiasGradient<T>(codeGradient, units, BiasGradient);
        for (var k = 0; k < ofEncoder.Length; k++)
            WeightGradient[k] += ofEncoder[k];
        DenseUpdate.BiasGradient<T>(outputGradient, inputs, DecoderBiasGradient);
    }
}
