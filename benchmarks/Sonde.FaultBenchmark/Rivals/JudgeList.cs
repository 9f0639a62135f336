namespace Sonde.FaultBenchmark.Rivals;

/// <summary>Sonde's rivals.</summary>
internal static class JudgeList
{
    /// <summary>All that read the recorded tables.</summary>
    public static IReadOnlyList<IJudge> Rivals { get; } = [new SageMakerRules(), new AutoTrainer(), new DeepChecker(), new TorchMortem(), new NeuroScope()];
}
