using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <see cref="ReconstructionGradient"/>: the cost and <c>dCost/ds = r(s) - t</c>, a range of one example's inputs at a time.</summary>
internal static unsafe class ReconstructionGradientSimd
{
    /// <summary>Computes the cost of a range of one reconstructed example, and turns what its code gave through the decoder's weights into dCost/ds.</summary>
    /// <param name="example">Its row.</param>
    /// <param name="first">The first input, a multiple of the widest vector.</param>
    /// <param name="end">The input after the last; may be past the last input of the layer.</param>
    /// <param name="decoded">[batch, inputs], <c>y W^T</c> on entry, dCost/ds times <paramref name="scale"/> on return; padding up
    /// to a multiple of the vector width becomes 0.</param>
    /// <param name="biases">[1, inputs], the decoder's.</param>
    /// <param name="clean">[batch, inputs], what is to be reconstructed.</param>
    /// <param name="offset">Targets are <c>(clean - offset) * factor</c>.</param>
    /// <param name="factor">See <paramref name="offset"/>.</param>
    /// <param name="scale">1 over the mini-batch, for the gradient of a mean.</param>
    /// <returns>What these inputs cost.</returns>
    public static float Evaluate<TLanes, TReconstruction>(
        int example, int first, int end, PaddedMatrix decoded, PaddedMatrix biases, PaddedMatrix clean, float offset, float factor, float scale)
        where TLanes : struct, IVectorLanes<TLanes> where TReconstruction : struct, IReconstructionCost => Evaluate<TLanes, TReconstruction>(
            decoded.Data + (nint)example * decoded.Stride + first, biases.Data + first, clean.Data + (nint)example * clean.Stride + first,
            Math.Min(end, decoded.Columns) - first, offset, factor, scale);

    /// <summary>Moves the decoder's biases along their gradient, <c>c := c - learningRate * sum over the examples of dCost/ds</c>.</summary>
    /// <param name="gradient">[batch, inputs], dCost/ds of the mean cost.</param>
    /// <param name="batch">How many.</param>
    /// <param name="learningRate">How far to move.</param>
    /// <param name="biases">[1, inputs].</param>
    public static void MoveBiases<TLanes>(PaddedMatrix gradient, int batch, float learningRate, PaddedMatrix biases)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        for (var l = 0; l < biases.PaddedColumns; l += TLanes.Count)
        {
            var moved = TLanes.Load(biases.Data + l);
            for (var n = 0; n < batch; n++)
                moved = TLanes.FusedMultiplyAdd(TLanes.Broadcast(-learningRate), TLanes.Load(gradient.Data + (nint)n * gradient.Stride + l), moved);
            TLanes.Store(moved, biases.Data + l);
        }
    }

    private static float Evaluate<TLanes, TReconstruction>(float* decoded, float* biases, float* clean, int count, float offset, float factor, float scale)
        where TLanes : struct, IVectorLanes<TLanes> where TReconstruction : struct, IReconstructionCost
    {
        var cost = TLanes.Of(0);
        var whole = count / TLanes.Count * TLanes.Count;
        for (var l = 0; l < whole; l += TLanes.Count)
        {
            var s = TLanes.Load(decoded + l) + TLanes.Load(biases + l);
            var target = (TLanes.Load(clean + l) - TLanes.Broadcast(offset)) * TLanes.Broadcast(factor);
            cost += TReconstruction.Cost(s, target);
            TLanes.Store((TReconstruction.Value(s) - target) * TLanes.Broadcast(scale), decoded + l);
        }
        var sum = TLanes.Sum(cost);
        // The rest one by one: what is beyond must not count.
        for (var l = whole; l < count; l++)
        {
            var (s, target) = (new Scalar<float>(decoded[l] + biases[l]), new Scalar<float>((clean[l] - offset) * factor));
            sum += TReconstruction.Cost(s, target).Value;
            decoded[l] = (TReconstruction.Value(s).Value - target.Value) * scale;
        }
        for (var l = count; l < whole + TLanes.Count && whole < count; l++)
            decoded[l] = 0;
        return sum;
    }
}
