using Sonde.Numerics;

namespace Sonde.Kernels;

/// <summary>What can be summarized of the weights of a layer.</summary>
internal enum TalliedQuantity
{
    /// <summary>dCost/dW.</summary>
    WeightGradient,

    /// <summary>W.</summary>
    Weight,

    /// <summary>The change of W.</summary>
    Update,
}

/// <summary>Summarizes quantities as large as the weights by several threads at once, to the same bits for any number of threads.</summary>
/// <remarks>Distribution cells are integers, which add up in any order: each part has its own. Moments are kept for each block of rows and added up
/// in the order of the blocks.</remarks>
/// <param name="parts">How many threads take part.</param>
/// <param name="blocks">Blocks of rows, each the work of one thread.</param>
internal sealed class LayerTally(int parts, int blocks)
{
    private static readonly int Quantities = Enum.GetValues<TalliedQuantity>().Length;

    private readonly ValueSummary?[,] cells = new ValueSummary?[Quantities, parts];
    private readonly ValueMoments[,] moments = Fresh(blocks);

    /// <summary>Takes in values of a block; calls for one block come from one part.</summary>
    public void Add(TalliedQuantity quantity, int part, int block, ReadOnlySpan<float> values)
    {
        var summary = cells[(int)quantity, part] ??= new();
        moments[(int)quantity, block].Add(summary.Tally(values));
    }

    /// <summary>Moves all that was taken in since the last call to a summary.</summary>
    public void MoveTo(TalliedQuantity quantity, ValueSummary summary)
    {
        for (var block = 0; block < blocks; block++)
        {
            summary.Merge(moments[(int)quantity, block]);
            moments[(int)quantity, block] = ValueMoments.Empty;
        }
        for (var part = 0; part < parts; part++)
            if (cells[(int)quantity, part] is { } counted)
            {
                summary.AddCells(counted);
                counted.Clear();
            }
    }

    private static ValueMoments[,] Fresh(int blocks)
    {
        var fresh = new ValueMoments[Quantities, blocks];
        foreach (ref var moments in System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref fresh[0, 0], fresh.Length))
            moments = ValueMoments.Empty;
        return fresh;
    }
}
