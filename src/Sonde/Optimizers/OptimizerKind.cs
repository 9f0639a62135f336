using Sonde.Kernels.Dense;
using Sonde.Numerics.Checks;

namespace Sonde.Optimizers;

/// <summary>The numbers that a setting of an optimizer may have.</summary>
public enum SettingRange
{
    /// <summary>0 or more, and below 1.</summary>
    Share,

    /// <summary>Above 0.</summary>
    Positive,

    /// <summary>Whole, 1 or more.</summary>
    Count,
}

/// <summary>A setting of an optimizer other than its learning rate.</summary>
/// <param name="Name">Its name in study files; optimizers that share a name share its range.</param>
/// <param name="Default">Its value if a study does not give one.</param>
/// <param name="Range">The numbers it may have.</param>
public sealed record OptimizerSetting(string Name, double Default, SettingRange Range)
{
    /// <summary>Its name in study files.</summary>
    public string Name { get; init => field = Given.NotNull(value, nameof(Name)); } = Given.NotNull(Name, nameof(Name));

    /// <summary>Its value if a study does not give one.</summary>
    public double Default { get; init => field = Given.NotNegative(value, nameof(Default)); } = Given.NotNegative(Default, nameof(Default));
}

/// <summary>A kind of optimizer: its name, its settings, and how one is made from their values.</summary>
public sealed class OptimizerKind
{
    private readonly Func<float, Func<string, float>, Optimizer> make;

    private OptimizerKind(
        string name, double learningRate, IReadOnlyList<OptimizerSetting> settings, Func<float, Func<string, float>, Optimizer> make) =>
        (Name, LearningRate, Settings, this.make) = (name, learningRate, settings, make);

    /// <summary>The name used in study files.</summary>
    public string Name { get; }

    /// <summary>Its learning rate if a study does not give one. A good one differs from kind to kind.</summary>
    public double LearningRate { get; }

    /// <summary>Its settings other than the learning rate.</summary>
    public IReadOnlyList<OptimizerSetting> Settings { get; }

    /// <summary>Makes a kind from a formula.</summary>
    /// <param name="name">The name used in study files.</param>
    /// <param name="learningRate">Its learning rate if a study does not give one.</param>
    /// <param name="settings">Its other settings.</param>
    /// <param name="rule">The formula, of a learning rate and the values of settings by name.</param>
    public static OptimizerKind Of<TRule>(
        string name, double learningRate, IReadOnlyList<OptimizerSetting> settings, Func<float, Func<string, float>, TRule> rule)
        where TRule : struct, IOptimizer<TRule>
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(rule);
        return new(name, learningRate, settings, (rate, value) => new Optimizer<TRule>(name, rule(rate, value)));
    }

    /// <summary>Makes an optimizer of this kind.</summary>
    /// <param name="learningRate">The paper's epsilon.</param>
    /// <param name="values">Settings by name; those that are missing have their defaults.</param>
    /// <exception cref="ArgumentException">There is no setting of a name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate or a value is outside of its range, or NaN.</exception>
    public Optimizer Make(float learningRate, IReadOnlyDictionary<string, float> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values)
            OptimizerCheck.InRange(Settings.FirstOrDefault(setting => setting.Name == name) ?? throw new ArgumentException(
                $"The optimizer {Name} has no setting '{name}'; it has {(Settings.Count == 0 ? "none" : string.Join(", ", Settings.Select(one => one.Name)))}. "
                + "Fix the name, or leave it out.", nameof(values)), value);
        return make(learningRate, name => values.TryGetValue(name, out var value) ? value : (float)Settings.Single(setting => setting.Name == name).Default);
    }
}
