using Sonde.Kernels.Threads;

namespace Sonde.Running.Limits;

/// <summary>What a number of threads can do at most on this machine, as measured.</summary>
/// <param name="Threads">How many threads.</param>
/// <param name="OperationsPerSecond">See <see cref="ArithmeticPeak"/>.</param>
/// <param name="Bandwidths">Bytes per second for each size of the memory that is visited again and again, sizes ascending; see
/// <see cref="MemoryBandwidth"/>.</param>
internal sealed record MachineLimits(int Threads, double OperationsPerSecond, IReadOnlyList<(long Bytes, double PerSecond)> Bandwidths)
{
    // From within the first-level cache to far beyond the last one of most machines.
    private static readonly IReadOnlyList<long> Sizes = [16 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20, 32 << 20, 128 << 20];

    /// <summary>The most threads that run at the same time. DOTNET_PROCESSOR_COUNT may name more cores, but each of two threads
    /// that take turns on one would count as if it had its own.</summary>
    public static int MostThreads =>
        ThreadCores.OfProcess.Count is > 0 and var cores ? Math.Min(cores, Environment.ProcessorCount) : Environment.ProcessorCount;

    /// <summary>Measures them within about a second.</summary>
    /// <param name="threads">How many threads.</param>
    /// <param name="time">The clock.</param>
    public static MachineLimits Measure(int threads, TimeProvider time) => new(
        threads, ArithmeticPeak.OperationsPerSecond(threads, time),
        [.. Sizes.Select(bytes => (bytes, MemoryBandwidth.BytesPerSecond(bytes, threads, time)))]);

    /// <summary>Returns the better of each figure: whatever else runs can only hide what the machine can do.</summary>
    public MachineLimits Best(MachineLimits other) => this with
    {
        OperationsPerSecond = Math.Max(OperationsPerSecond, other.OperationsPerSecond),
        Bandwidths = [.. Bandwidths.Zip(other.Bandwidths, (one, two) => (one.Bytes, Math.Max(one.PerSecond, two.PerSecond)))],
    };

    /// <summary>Computes the bytes per second for weights of a size: on a straight line between the logarithms of the measured sizes.</summary>
    /// <param name="bytes">Memory of the weights.</param>
    public double BandwidthAt(double bytes)
    {
        var next = Bandwidths.TakeWhile(entry => entry.Bytes < bytes).Count();
        if (next == 0 || next == Bandwidths.Count)
            return Bandwidths[Math.Min(next, Bandwidths.Count - 1)].PerSecond;
        var (below, above) = (Bandwidths[next - 1], Bandwidths[next]);
        var share = Math.Log(bytes / below.Bytes) / Math.Log((double)above.Bytes / below.Bytes);
        return below.PerSecond + share * (above.PerSecond - below.PerSecond);
    }

    /// <summary>Computes the seconds that arithmetic alone takes.</summary>
    public double ArithmeticSeconds(UpdateWork work) => work.Operations / OperationsPerSecond;

    /// <summary>Computes the seconds that moving the weights alone takes.</summary>
    public double MemorySeconds(UpdateWork work) => work.MovedBytes / BandwidthAt(work.WeightBytes);

    /// <summary>Computes the seconds that an update takes at least: the longer of the two, as if each hid the other completely.</summary>
    public double LeastSeconds(UpdateWork work) => Math.Max(ArithmeticSeconds(work), MemorySeconds(work));
}
