using Sonde.Data.Fetching;
using Sonde.Running.Cores;

namespace Sonde.Running;

/// <summary>How a study runs on this machine; none of it changes a result.</summary>
public sealed record RunOptions
{
    /// <summary>Where datasets lie.</summary>
    public required DataFolder Data { get; init; }

    /// <summary>Trials that train at the same time, 1 or more; null for what <see cref="Packing"/> finds fastest, or 1 where threads are given.</summary>
    public int? Parallel { get; init; }

    /// <summary>Threads a trial; null for what <see cref="Packing"/> finds fastest, or where the number of trials is given for its share of the
    /// cores.</summary>
    public int? Threads { get; init; }

    /// <summary>How long a process that trains a trial may give no sign of life before its trial is taken over; null for the usual time.</summary>
    public TimeSpan? TakeOverAfter { get; init; }
}
