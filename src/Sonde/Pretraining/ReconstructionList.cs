namespace Sonde.Pretraining;

/// <summary>The costs of reconstructions that study files can name.</summary>
public static class ReconstructionList
{
    /// <summary>All of them, that of the paper's method first.</summary>
    public static IReadOnlyList<Reconstruction> All { get; } =
        [new Reconstruction<CrossEntropy>("cross-entropy"), new Reconstruction<SquaredDistance>("quadratic")];

    /// <summary>The cost of this name, or null.</summary>
    public static Reconstruction? Find(string name) => All.FirstOrDefault(cost => cost.Name == name);
}
