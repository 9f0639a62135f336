namespace Sonde.Diagnosis.Remedies;

/// <summary>Trains with Adam, whose steps do not depend on the size of gradients.</summary>
internal static class UseAdam
{
    private const double Rate = 0.001;

    public static Remedy? Find(Situation situation) => situation.Training is { Optimizer: "adam", LearningRate: >= 0.0003 and <= 0.003 } ? null
        : new("use-adam", "Adam divides each step by the size of its gradients, so that one rate suits layers and costs of every scale.",
            new() { Optimizer = Situation.Adam, LearningRate = Rate });
}
