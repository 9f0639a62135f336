namespace Sonde.Pretraining;

/// <summary>The costs of reconstructions that study files can name.</summary>
public static class ReconstructionCostList
{
    /// <summary>All of them, that of the paper's method first.</summary>
    public static IReadOnlyList<ReconstructionCost> All { get; } =
        [new ReconstructionCost<CrossEntropy>("cross-entropy"), new ReconstructionCost<SquaredDistance>("quadratic")];

    /// <summary>The cost of this name, or null.</summary>
    public static ReconstructionCost? Find(string name) => All.FirstOrDefault(cost => cost.Name == name);
}
