using Sonde.Numerics.Checks;

namespace Sonde.Training;

/// <summary>Which training examples each update sees: mini-batches of one size, or with a smaller one at the end of each pass.</summary>
/// <param name="batch">Examples per update, 1 or more.</param>
/// <param name="pass">Examples of a pass whose last mini-batch may be smaller; null if mini-batches continue across passes.</param>
internal sealed class MiniBatches(int batch, long? pass)
{
    private readonly int batch = Given.AtLeast(1, batch, nameof(batch));
    private readonly long updatesPerPass = pass is { } examples ? UpdatesOf(examples, batch) : 0;

    /// <summary>Returns the updates of a pass whose last mini-batch may be smaller.</summary>
    /// <param name="examples">Examples of a pass, 1 or more.</param>
    /// <param name="batch">Examples per update, 1 or more.</param>
    public static long UpdatesOf(long examples, int batch) => (Given.AtLeast(1, examples, nameof(examples)) + batch - 1) / batch;

    /// <summary>Returns where the mini-batch of an update begins in the stream, and how many examples it has.</summary>
    /// <param name="update">Updates done before it.</param>
    public (long First, int Count) At(long update)
    {
        var first = Before(update);
        return (first, (int)Math.Min(batch, Before(update + 1) - first));
    }

    /// <summary>Returns how many examples the first updates saw.</summary>
    /// <param name="update">How many updates.</param>
    public long Before(long update) => pass is not { } examples ? update * batch
        : update / updatesPerPass * examples + update % updatesPerPass * batch;
}
