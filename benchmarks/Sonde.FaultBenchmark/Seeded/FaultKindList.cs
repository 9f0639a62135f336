using Sonde.FaultBenchmark.Seeded.Faults;

namespace Sonde.FaultBenchmark.Seeded;

/// <summary>Every kind of fault: what it does to a healthy network, and which labels are right then.</summary>
internal static class FaultKindList
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
        [.. InputFaults.All(), .. TargetFaults.All(), .. NetworkFaults.All(), .. StepFaults.All(), .. FitFaults.All()];
}
