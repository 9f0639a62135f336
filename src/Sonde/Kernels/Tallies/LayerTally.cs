using Sonde.Numerics.Lanes;
using Sonde.Numerics.Summaries;

namespace Sonde.Kernels.Tallies;

/// <summary>Summarizes a quantity as large as the weights of a layer, whose values can be computed in blocks as often as needed: they are summed, counted
/// and gathered.</summary>
/// <remarks>The calls, in this order: <see cref="Sum"/> of every piece, <see cref="Open"/>, <see cref="Count"/> of every block, <see cref="ChooseCells"/>,
/// <see cref="Gather"/> of every block, <see cref="Close"/>. Within a step any thread may work on any block: counts are integers, and each piece has a sum that
/// is added up in order.</remarks>
/// <param name="sums">How many pieces <see cref="Sum"/> is cut into.</param>
/// <param name="blocks">How many pieces <see cref="Count"/> and <see cref="Gather"/> are cut into.</param>
internal abstract class LayerTally<TLanes>(int sums, int blocks) where TLanes : struct, IVectorLanes<TLanes>
{
    private readonly SummaryTally summary = new(new());
    private readonly ValueMoments[] moments = new ValueMoments[sums];
    private ValueMoments whole;

    /// <summary>How many pieces <see cref="Sum"/> is cut into.</summary>
    public int Sums => sums;

    /// <summary>How many pieces <see cref="Count"/> and <see cref="Gather"/> are cut into.</summary>
    public int Blocks => blocks;

    /// <summary>First step: computes the moments of a piece.</summary>
    public void Sum(int piece, TallyWorker worker) => moments[piece] = MomentsOf(piece, worker);

    /// <summary>Between the first step and the second: lays out the cells.</summary>
    /// <returns>False if no value is finite; the second and third step are then left out.</returns>
    public bool Open()
    {
        whole = moments.Length == 0 ? default : moments.Aggregate((sum, next) => sum.Plus(next));
        if (whole.Count > 0)
            summary.Open(whole, null, null);
        return whole.Count > 0;
    }

    /// <summary>Second step: counts a block.</summary>
    public void Count(int block, TallyWorker worker)
    {
        worker.Count(summary.Values);
        AddBlock(block, worker);
    }

    /// <summary>Between the second step and the third: chooses the cells to gather.</summary>
    public void ChooseCells() => summary.ChooseCells();

    /// <summary>Third step: gathers the values of a block.</summary>
    public void Gather(int block, TallyWorker worker)
    {
        worker.Gather(summary.Values);
        AddBlock(block, worker);
    }

    /// <summary>After the third step: returns the summary.</summary>
    public ValueSummary Close(TallyWorker worker) =>
        whole.Count > 0 ? summary.Close<TLanes>(worker) : ValueSummary.Empty with { NonFinite = whole.NonFinite };

    /// <summary>Computes the moments of a piece, around the origin of all pieces.</summary>
    private protected abstract ValueMoments MomentsOf(int piece, TallyWorker worker);

    /// <summary>Adds the values of a block to a worker.</summary>
    private protected abstract void AddBlock(int block, TallyWorker worker);
}
