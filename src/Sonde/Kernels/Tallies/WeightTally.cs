using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Summaries;

namespace Sonde.Kernels.Tallies;

/// <summary>Summarizes W.</summary>
/// <param name="weights">The layer.</param>
internal sealed unsafe class WeightTally<TLanes>(IWeightRows weights) : LayerTally<TLanes>(BlocksOf(weights), BlocksOf(weights))
    where TLanes : struct, IVectorLanes<TLanes>
{
    private const int Rows = 64;

    private protected override ValueMoments MomentsOf(int piece, TallyWorker worker)
    {
        worker.Sum(ValueMoments.OriginAmong(*weights.WeightsAt(0, 0, out _)));
        AddBlock(piece, worker);
        return worker.Moments;
    }

    private protected override void AddBlock(int block, TallyWorker worker)
    {
        for (var row = block * Rows; row < Math.Min((block + 1) * Rows, weights.FanIn); row++)
            for (var (column, columns) = (0, 0); column < weights.FanOut; column += columns)
                worker.Add<TLanes>(weights.WeightsAt(row, column, out columns), columns);
    }

    private static int BlocksOf(IWeightRows weights) => (weights.FanIn + Rows - 1) / Rows;
}
