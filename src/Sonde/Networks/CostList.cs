using Sonde.Networks.Costs;
using Sonde.Numerics.Checks;

namespace Sonde.Networks;

/// <summary>The costs that study files can name.</summary>
public static class CostList
{
    /// <summary>All of them, the paper's first.</summary>
    public static IReadOnlyList<Cost> All { get; } =
    [
        new NegativeLogLikelihood(), new Quadratic(), new MeanSquaredError(), new MeanAbsoluteError(), new BinaryCrossEntropy(), new Poisson(),
        new CrossEntropy(), new BinaryCrossEntropyOfLogits(), new CrossEntropyOfLogits(),
    ];

    /// <summary>Returns the cost of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static Cost Get(string name) => Find(name) ?? throw NameSuggestion.Unknown("cost", name, [.. All.Select(cost => cost.Name)]);

    /// <summary>The cost of this name, or null.</summary>
    public static Cost? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(c => c.Name == name);
    }
}
