namespace Sonde.Analysis.Grids;

/// <summary>A setting that varies in a study, and what its values do to the test error.</summary>
/// <param name="Key">Its key in a recorded setting, or <see cref="Depth"/> or <see cref="Width"/>.</param>
/// <param name="Name">Its short name, such as <c>learningRate</c>.</param>
/// <param name="Levels">Its values, numbers in ascending order.</param>
/// <param name="Groups">Groups of trials that differ in this setting and in nothing else but the seed.</param>
public sealed record Factor(string Key, string Name, IReadOnlyList<FactorLevel> Levels, int Groups)
{
    /// <summary>The key of the number of hidden layers, if widths as a whole vary.</summary>
    public const string Depth = "depth";

    /// <summary>The key of the width that all hidden layers share, if it varies.</summary>
    public const string Width = "width";

    /// <summary>Groups in which the best value has more test error than the worst: the effect is a mean and not a rule.</summary>
    internal int Reversals { get; init; }

    /// <summary>True if every value is a number.</summary>
    public bool IsNumeric => Levels.All(level => level.Number is not null);

    /// <summary>The value with the least test error, other settings being equal; null without groups to compare.</summary>
    public FactorLevel? Best => Levels.Where(level => level.Effect is not null).MinBy(level => level.Effect);

    /// <summary>The value with the largest test error, other settings being equal; null without groups to compare.</summary>
    public FactorLevel? Worst => Levels.Where(level => level.Effect is not null).MaxBy(level => level.Effect);

    /// <summary>Points of test error between the best and the worst value; 0 without groups to compare.</summary>
    public double Spread => Worst is { Effect: { } worst } && Best is { Effect: { } best } ? worst - best : 0;
}
