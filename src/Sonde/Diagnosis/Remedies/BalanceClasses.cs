using Sonde.Data;

namespace Sonde.Diagnosis.Remedies;

/// <summary>Weighs the cost of each class by the inverse of its share.</summary>
internal static class BalanceClasses
{
    public static Remedy? Find(Situation situation) =>
        situation.Network.Task == TargetKind.Values || situation.Network is { Task: TargetKind.YesNo, Outputs: > 1 } ? null
        : new("balance-classes", "Rare classes then count as much as common ones.", new() { BalancesClasses = true });
}
