namespace Sonde.Probes;

/// <summary>When probes look: where the trial begins, at update 0, at every multiple of <paramref name="Every"/>, and at the last update.</summary>
/// <param name="Every">Updates between two looks, 1 or more.</param>
/// <param name="Last">The last update of the trial.</param>
/// <param name="Begin">Updates at which it begins: below 0 where it is pre-trained.</param>
public sealed record ProbeSchedule(long Every, long Last, long Begin = 0)
{
    /// <summary>True where probes look after this many updates.</summary>
    public bool IsDue(long update) => update == Last || update == Begin || update % Every == 0;
}
