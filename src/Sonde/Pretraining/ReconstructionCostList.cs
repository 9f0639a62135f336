namespace Sonde.Pretraining;

/// <summary>The costs of reconstructions that study files can name.</summary>
public static class ReconstructionCostList
{
    // Studies before the name squared-distance called it by the name of a network's cost, which is another formula.
    private const string FormerSquaredDistance = "quadratic";

    /// <summary>All of them, that of the paper's method first.</summary>
    public static IReadOnlyList<ReconstructionCost> All { get; } =
        [new ReconstructionCost<CrossEntropy>("cross-entropy"), new ReconstructionCost<SquaredDistance>("squared-distance")];

    /// <summary>Finds the cost of this name, <c>quadratic</c> being a former name of <c>squared-distance</c>; null if there is none.</summary>
    public static ReconstructionCost? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(cost => cost.Name == (name == FormerSquaredDistance ? "squared-distance" : name));
    }
}
