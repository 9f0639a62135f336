using Sonde.Pretraining.Corruptions;

namespace Sonde.Pretraining;

/// <summary>The corruptions that study files can name.</summary>
public static class CorruptionList
{
    /// <summary>All of them, that of the paper's method first.</summary>
    public static IReadOnlyList<Corruption> All { get; } = [new Masking(), new SaltAndPepper(), new GaussianNoise()];

    /// <summary>Finds the corruption of this name; null if there is none.</summary>
    public static Corruption? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(corruption => corruption.Name == name);
    }
}
