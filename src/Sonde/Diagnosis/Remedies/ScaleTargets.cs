using Sonde.Data;

namespace Sonde.Diagnosis.Remedies;

/// <summary>Scales numeric targets to mean 0 and sd 1.</summary>
internal static class ScaleTargets
{
    public static Remedy? Find(Situation situation) => !situation.HasOwnArrays || situation.Network.Task != TargetKind.Values ? null
        : new("scale-targets", "An untrained network answers near 0 with an sd near 1; targets of that size are in reach from the start.",
            situation.Settled(new() { StandardizesTargets = true }));
}
