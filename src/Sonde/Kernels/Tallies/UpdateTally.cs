using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;
using Sonde.Numerics.Summaries;

namespace Sonde.Kernels.Tallies;

/// <summary>Summarizes the changes that an optimizer would make to W, weight by weight.</summary>
/// <inheritdoc cref="GradientTally{TLanes}"/>
/// <param name="z">The layer's input, [mini-batches x batch, inputs].</param>
/// <param name="gradient">dCost/ds of each example, [mini-batches x batch, units].</param>
/// <param name="batch">Examples of a mini-batch.</param>
/// <param name="miniBatches">How many of them.</param>
/// <param name="weights">What would change.</param>
/// <param name="optimizers">How it would: one for all mini-batches, or one for each.</param>
internal sealed class UpdateTally<TLanes, TOptimizer>(
    PaddedMatrix z, PaddedMatrix gradient, int batch, int miniBatches, IWeightRows weights, TOptimizer[] optimizers)
    : GradientTally<TLanes>(z, gradient, batch, miniBatches)
    where TLanes : struct, IVectorLanes<TLanes>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private protected override ValueMoments? MomentsWithoutEntries(int miniBatch) => null;

    // In place before the row is moved, which overwrites the end of the one before it.
    private protected override unsafe void Finish(int miniBatch, float* from, int row, int column, int columns, float* to)
    {
        var optimizer = optimizers[optimizers.Length > 1 ? miniBatch : 0];
        for (var (j, side) = (0, 0); j < columns; j += side)
        {
            var w = weights.WeightsAt(row, column + j, out side);
            side = Math.Min(side, columns - j);
            var place = new ParameterPlace(w, weights.MemoryAt(0, row, column + j), weights.MemoryAt(1, row, column + j));
            ParameterStepSimd.Change<TLanes, TOptimizer>(from + j, side, optimizer, place, from + j);
        }
        base.Finish(miniBatch, from, row, column, columns, to);
    }
}
