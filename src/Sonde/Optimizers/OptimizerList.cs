using Sonde.Numerics.Checks;

namespace Sonde.Optimizers;

/// <summary>Every optimizer that study files can name.</summary>
public static class OptimizerList
{
    /// <summary>All of them, plain gradient descent first.</summary>
    public static IReadOnlyList<OptimizerKind> All { get; } =
    [
        Sgd.Kind,
        Momentum.Kind,
        Nesterov.Kind,
        Adam.Kind,
        DiagonalLevenbergMarquardt.Kind,
        GradientVariance.Kind,
        RmsProp.Kind,
    ];

    /// <summary>Returns the optimizer of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static OptimizerKind Get(string name) => Find(name) ?? throw NameSuggestion.Unknown("optimizer", name, [.. All.Select(kind => kind.Name)]);

    /// <summary>The kind of this name, or null.</summary>
    public static OptimizerKind? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(kind => kind.Name == name);
    }
}
