using Sonde.Data;
using Sonde.Kernels.Threads;
using Sonde.Networks;
using Sonde.Numerics.Memory;

namespace Sonde.Engines.Vector;

/// <summary>The examples that a network's threads work on. They are copied in, or each thread reads its part of them when it begins to pass forwards.</summary>
/// <param name="network">The network.</param>
/// <param name="inputs">[capacity, network inputs]: what the first layer multiplies with its weights. The owner disposes it.</param>
/// <param name="team">The threads.</param>
/// <param name="ownsRows">True if each thread multiplies inputs of its own in the first layer.</param>
internal sealed class BatchExamples(Network network, PaddedMatrix inputs, WorkerTeam team, bool ownsRows)
{
    private readonly int[] labels = new int[inputs.Rows];

    // None if the examples were copied in.
    private ExampleStream? stream;
    private long firstRead;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Their labels.</summary>
    public ReadOnlySpan<int> Labels => labels.AsSpan(0, Count);

    /// <summary>Copies examples in.</summary>
    public void Copy(ReadOnlySpan<float> newInputs, ReadOnlySpan<int> newLabels)
    {
        (stream, Count) = (null, newLabels.Length);
        inputs.CopyFrom(newInputs);
        newLabels.CopyTo(labels);
    }

    /// <summary>Says which examples the threads read when they pass forwards next.</summary>
    /// <param name="examples">The stream.</param>
    /// <param name="first">Its first example.</param>
    /// <param name="count">How many, up to the capacity.</param>
    public void Open(ExampleStream examples, long first, int count) => (stream, firstRead, Count) = (examples, first, count);

    /// <summary>Returns the examples whose labels, costs and outputs a part handles.</summary>
    public (int First, int End) Of(int part) => (Count * part / team.Threads, Count * (part + 1) / team.Threads);

    /// <summary>Reads what a part multiplies with its own rows of weights, so that no inputs travel from core to core, if it can; else some examples.</summary>
    public void Read(int part)
    {
        if (stream is null)
            return;
        var (own, end) = Of(part);
        if (ReadsOwnInputs)
        {
            var (from, to) = OwnInputs(part);
            for (var n = 0; n < Count; n++)
            {
                var label = stream.ReadRange(firstRead + n, from, inputs.Row(n)[from..to]);
                if (n >= own && n < end)
                    labels[n] = label;
            }
        }
        else
            for (var n = own; n < end; n++)
                stream.Read(firstRead + n, inputs.Row(n), labels.AsSpan(n, 1));
        CheckedEngine.CheckLabels(network, labels.AsSpan(own, end - own));
        if (!ReadsOwnInputs)
            team.Meet();
    }

    /// <summary>Fetches some of the examples of the next update, what a part reads of them: all at once would have to wait for memory.</summary>
    /// <param name="piece">Which piece of the examples, from 0.</param>
    /// <param name="pieces">How many pieces an update fetches.</param>
    /// <param name="part">The part.</param>
    public void FetchNext(int piece, int pieces, int part)
    {
        if (stream is null || !ReadsOwnInputs)
            return;
        var (from, to) = OwnInputs(part);
        for (var n = Count * piece / pieces; n < Count * (piece + 1) / pieces; n++)
            stream.Fetch(firstRead + Count + n, from, to - from);
    }

    private bool ReadsOwnInputs => ownsRows && stream!.HasRanges;

    private (int From, int To) OwnInputs(int part)
    {
        var (from, to) = RowShare.Of(network.Inputs, part, team.Threads);
        return (from, Math.Min(to, network.Inputs));
    }
}
