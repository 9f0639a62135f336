using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of a decoder's end, a range of one example's inputs at a time: its cost, and <c>dCost/ds = r(s) - t</c>.</summary>
internal static unsafe class ReconstructionSimd
{
    /// <summary>Turns what the code of an example gives through the decoder's weights into the gradient of the decoder's pre-activations.</summary>
    /// <param name="example">Its row.</param>
    /// <param name="first">The first input, a multiple of the widest vector.</param>
    /// <param name="end">The input after the last; beyond the last of all there is none.</param>
    /// <param name="decoded">[examples, inputs], <c>y W^T</c> on entry, dCost/ds times <paramref name="scale"/> on return; padding up to a whole vector
    /// becomes 0.</param>
    /// <param name="biases">[1, inputs], the decoder's.</param>
    /// <param name="clean">[examples, inputs], what is to be reconstructed.</param>
    /// <param name="offset">Targets are <c>(clean - offset) * factor</c>.</param>
    /// <param name="factor">See <paramref name="offset"/>.</param>
    /// <param name="scale">1 over the mini-batch, for the gradient of a mean.</param>
    /// <returns>What these inputs cost.</returns>
    public static float Judge<TLanes, TReconstruction>(
        int example, int first, int end, PaddedMatrix decoded, PaddedMatrix biases, PaddedMatrix clean, float offset, float factor, float scale)
        where TLanes : struct, IVectorLanes<TLanes> where TReconstruction : struct, IReconstruction => Judge<TLanes, TReconstruction>(
            decoded.Data + (nint)example * decoded.Stride + first, biases.Data + first, clean.Data + (nint)example * clean.Stride + first,
            Math.Min(end, decoded.Columns) - first, offset, factor, scale);

    /// <summary>Moves the decoder's biases along their gradient, <c>c := c - learningRate * sum over the examples of dCost/ds</c>.</summary>
    /// <param name="gradient">[examples, inputs], of the mean cost.</param>
    /// <param name="examples">How many.</param>
    /// <param name="learningRate">How far to move.</param>
    /// <param name="biases">[1, inputs].</param>
    public static void MoveBiases<TLanes>(PaddedMatrix gradient, int examples, float learningRate, PaddedMatrix biases)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        for (var j = 0; j < biases.PaddedColumns; j += TLanes.Count)
        {
            var moved = TLanes.Load(biases.Data + j);
            for (var n = 0; n < examples; n++)
                moved = TLanes.FusedMultiplyAdd(TLanes.Broadcast(-learningRate), TLanes.Load(gradient.Data + (nint)n * gradient.Stride + j), moved);
            TLanes.Store(moved, biases.Data + j);
        }
    }

    private static float Judge<TLanes, TReconstruction>(float* decoded, float* biases, float* clean, int count, float offset, float factor, float scale)
        where TLanes : struct, IVectorLanes<TLanes> where TReconstruction : struct, IReconstruction
    {
        var cost = TLanes.Of(0);
        var whole = count / TLanes.Count * TLanes.Count;
        for (var j = 0; j < whole; j += TLanes.Count)
        {
            var s = TLanes.Load(decoded + j) + TLanes.Load(biases + j);
            var target = (TLanes.Load(clean + j) - TLanes.Broadcast(offset)) * TLanes.Broadcast(factor);
            cost += TReconstruction.Cost(s, target);
            TLanes.Store((TReconstruction.Value(s) - target) * TLanes.Broadcast(scale), decoded + j);
        }
        var sum = TLanes.Sum(cost);
        // The rest one by one: what lies beyond must not count.
        for (var j = whole; j < count; j++)
        {
            var (s, target) = (new Scalar<float>(decoded[j] + biases[j]), new Scalar<float>((clean[j] - offset) * factor));
            sum += TReconstruction.Cost(s, target).Value;
            decoded[j] = (TReconstruction.Value(s).Value - target.Value) * scale;
        }
        for (var j = count; j < whole + TLanes.Count && whole < count; j++)
            decoded[j] = 0;
        return sum;
    }
}
