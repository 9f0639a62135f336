using Sonde.Measuring;
namespace Sonde.PeerBenchmarks;

/// <summary>Who trains a workload on a number of threads, and how fast.</summary>
internal interface IContestant
{
    /// <summary>The name in tables.</summary>
    string Name { get; }

    /// <summary>Threads it may use.</summary>
    int Threads { get; }

    /// <summary>Trains for half of the seconds unmeasured, then for the seconds.</summary>
    /// <exception cref="PeerException">It could not.</exception>
    double UpdatesPerSecond(Workload workload, double seconds);
}

/// <summary>Sonde itself.</summary>
internal sealed class Own(int threads) : IContestant
{
    public string Name => "Sonde";

    public int Threads => threads;

    public double UpdatesPerSecond(Workload workload, double seconds) => workload.OwnUpdatesPerSecond(threads, seconds);
}

/// <summary>A peer is not there or gave up; the message says what to do.</summary>
internal sealed class PeerException(string message, Exception? cause = null) : Exception(message, cause);
