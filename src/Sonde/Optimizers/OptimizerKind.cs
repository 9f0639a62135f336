using Sonde.Kernels.Dense;

namespace Sonde.Optimizers;

/// <summary>What numbers a setting of an optimizer takes.</summary>
public enum SettingRange
{
    /// <summary>From 0 up to 1, which is left out.</summary>
    Share,

    /// <summary>Above 0.</summary>
    Positive,

    /// <summary>Whole, 1 or more.</summary>
    Count,
}

/// <summary>A setting of an optimizer besides its learning rate.</summary>
/// <param name="Name">Its name in study files; optimizers that share a name share its range.</param>
/// <param name="Default">Its value where a study says nothing.</param>
/// <param name="Range">What it takes.</param>
public sealed record OptimizerSetting(string Name, double Default, SettingRange Range);

/// <summary>A kind of optimizer: its name, its settings, and how one is made of their values.</summary>
public sealed class OptimizerKind
{
    private readonly Func<float, Func<string, float>, Optimizer> make;

    private OptimizerKind(
        string name, double learningRate, IReadOnlyList<OptimizerSetting> settings, Func<float, Func<string, float>, Optimizer> make) =>
        (Name, LearningRate, Settings, this.make) = (name, learningRate, settings, make);

    /// <summary>The name used in study files.</summary>
    public string Name { get; }

    /// <summary>Its learning rate where a study says nothing; what a good one is depends on what it multiplies.</summary>
    public double LearningRate { get; }

    /// <summary>Its settings besides the learning rate.</summary>
    public IReadOnlyList<OptimizerSetting> Settings { get; }

    /// <summary>A kind with a formula.</summary>
    /// <param name="name">The name used in study files.</param>
    /// <param name="learningRate">Its learning rate where a study says nothing.</param>
    /// <param name="settings">Its settings besides.</param>
    /// <param name="rule">The formula, of a learning rate and the values of settings by name.</param>
    public static OptimizerKind Of<TRule>(
        string name, double learningRate, IReadOnlyList<OptimizerSetting> settings, Func<float, Func<string, float>, TRule> rule)
        where TRule : struct, IOptimizer<TRule> => new(name, learningRate, settings, (rate, value) => new Optimizer<TRule>(name, rule(rate, value)));

    /// <summary>An optimizer of this kind.</summary>
    /// <param name="learningRate">The paper's epsilon.</param>
    /// <param name="values">Settings by name; those that are missing have their defaults.</param>
    public Optimizer Make(float learningRate, IReadOnlyDictionary<string, float> values) => make(learningRate, name =>
        values.TryGetValue(name, out var value) ? value : (float)Settings.Single(setting => setting.Name == name).Default);
}
