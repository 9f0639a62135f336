using Sonde.Data;

namespace Sonde.Studies;

/// <summary>How a study runs on this machine; none of it changes a result.</summary>
public sealed record RunOptions
{
    /// <summary>Where datasets lie.</summary>
    public required DataFolder Data { get; init; }

    /// <summary>Trials that train at the same time, 1 or more.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Threads a trial; null for the cores divided among the trials that train at the same time.</summary>
    public int? Threads { get; init; }

    /// <summary>How long a process that trains a trial may give no sign of life before its trial is taken over; null for the usual time.</summary>
    public TimeSpan? TakeOverAfter { get; init; }

    /// <summary>Threads that one trial gets.</summary>
    public int ThreadsPerTrial => Threads ?? Math.Max(1, Environment.ProcessorCount / Parallel);
}
