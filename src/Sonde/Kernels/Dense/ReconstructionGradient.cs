using System.Numerics;
using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>The end of an autoencoder's decoder, its cost and <c>dCost/ds = r(s) - t</c>: the plain form, to be checked by hand.</summary>
internal static class ReconstructionGradient
{
    /// <summary>Computes the cost of one reconstructed example, and turns what its code gave through the decoder's weights into dCost/ds.</summary>
    /// <param name="biases">[inputs], the decoder's.</param>
    /// <param name="clean">[inputs], what is to be reconstructed.</param>
    /// <param name="offset">Targets are <c>t = (clean - offset) * factor</c>.</param>
    /// <param name="factor">See <paramref name="offset"/>.</param>
    /// <param name="scale">1 over the mini-batch, for the gradient of a mean; 1 for that of the example's own cost.</param>
    /// <param name="decoded">[inputs], <c>y W^T</c> on entry, dCost/ds times <paramref name="scale"/> on return.</param>
    /// <returns>The cost, summed in the order of the inputs.</returns>
    public static T Evaluate<T, TReconstruction>(ReadOnlySpan<T> biases, ReadOnlySpan<T> clean, T offset, T factor, T scale, Span<T> decoded)
        where T : struct, IFloatingPointIeee754<T> where TReconstruction : struct, IReconstructionCost
    {
        var cost = T.Zero;
        for (var l = 0; l < decoded.Length; l++)
        {
            var (s, target) = (new Scalar<T>(decoded[l] + biases[l]), new Scalar<T>((clean[l] - offset) * factor));
            cost += TReconstruction.Cost(s, target).Value;
            decoded[l] = (TReconstruction.Value(s).Value - target.Value) * scale;
        }
        return cost;
    }

    /// <summary>Moves the decoder's biases along their gradient, <c>c := c - learningRate * sum over the examples of dCost/ds</c>.</summary>
    /// <param name="gradient">[batch, inputs], dCost/ds of the mean cost.</param>
    /// <param name="learningRate">How far to move.</param>
    /// <param name="biases">[inputs], moved.</param>
    public static void MoveBiases<T>(ReadOnlySpan<T> gradient, T learningRate, Span<T> biases) where T : struct, IFloatingPointIeee754<T>
    {
        for (var l = 0; l < biases.Length; l++)
            for (var at = l; at < gradient.Length; at += biases.Length)
                biases[l] = T.FusedMultiplyAdd(-learningRate, gradient[at], biases[l]);
    }
}
