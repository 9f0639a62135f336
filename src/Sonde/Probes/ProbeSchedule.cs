using Sonde.Numerics.Checks;

namespace Sonde.Probes;

/// <summary>When probes measure: at the trial's first update count, at update 0, at every multiple of <paramref name="Every"/>, and at the last
/// update.</summary>
/// <param name="Every">Updates between two observations, 1 or more.</param>
/// <param name="Last">The last update that is observed.</param>
/// <param name="Begin">The update count at which the trial begins: below 0 with pre-training.</param>
public sealed record ProbeSchedule(long Every, long Last, long Begin = 0)
{
    /// <summary>Updates between two observations.</summary>
    public long Every { get; init => field = Given.AtLeast(1, value, nameof(Every)); } = Given.AtLeast(1, Every, nameof(Every));

    /// <summary>True if probes measure after this many updates.</summary>
    public bool IsDue(long update) => update == Last || update == Begin || update % Every == 0;
}
