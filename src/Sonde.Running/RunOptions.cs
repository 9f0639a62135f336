using Sonde.Data.Fetching;
using Sonde.Networks;
using Sonde.Running.Cores;

namespace Sonde.Running;

/// <summary>How a study runs on this machine; none of it changes a result.</summary>
public sealed record RunOptions
{
    /// <summary>Where datasets are.</summary>
    public required DataFolder Data { get; init; }

    /// <summary>Trials that train at the same time, 1 or more; null for what <see cref="CoreAllocation"/> finds fastest, or 1 if threads are given.</summary>
    public int? Parallel { get; init; }

    /// <summary>Threads per trial, 1 or more; null for what <see cref="CoreAllocation"/> finds fastest or, if the number of trials is given, for a trial's
    /// share of the cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Reads a file of weights that a study names, for a network that they must fit; null if this program reads none.</summary>
    public Func<string, Network, Parameters>? ReadWeights { get; init; }

    /// <summary>How long a process that trains a trial may give no sign of life before another takes its trial over; null for 90 seconds.</summary>
    public TimeSpan? TakeOverAfter { get; init; }

    /// <summary>True to read every table of the finished trials and train damaged ones again. Without it that happens in a small study alone: in a large one
    /// it takes long, and every reader of a table checks it.</summary>
    public bool ChecksFinished { get; init; }

    /// <summary>A study of at most this many trials is small.</summary>
    internal int MostChecked { get; init; } = 500;
}
