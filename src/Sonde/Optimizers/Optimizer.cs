using Sonde.Kernels.Dense;
using Sonde.Numerics.Checks;

namespace Sonde.Optimizers;

/// <summary>An optimizer with its settings; <see cref="Optimizer{TRule}"/> has the formula.</summary>
/// <param name="Name">The name used in study files.</param>
public abstract record Optimizer(string Name)
{
    /// <summary>The name used in study files.</summary>
    public string Name { get; init => field = Given.NotNull(value, nameof(Name)); } = Given.NotNull(Name, nameof(Name));

    /// <summary>Returns this optimizer with a penalty on large parameters and a learning rate that changes.</summary>
    /// <param name="weightDecay">Added to the gradient, times each weight and bias; 0 or more.</param>
    /// <param name="schedule">How the learning rate changes.</param>
    /// <param name="updates">Updates in all, for schedules that depend on it.</param>
    public Optimizer With(float weightDecay, RateSchedule schedule, long updates)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        return weightDecay == 0 && schedule == RateSchedule.Constant ? this : Accept(new Regulator(Name, weightDecay, schedule, updates));
    }

    /// <summary>Returns this optimizer with gradients that are shortened to a limit; the penalty of <see cref="With"/> is not part of them.</summary>
    /// <param name="limit">The longest gradient of all parameters together; 0 for no limit.</param>
    public Optimizer ClippedTo(float limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return limit == 0 ? this : Accept(new Clipper(Name, limit));
    }

    private sealed record Clipper(string Name, float Limit) : IOptimizerVisitor<Optimizer>
    {
        public Optimizer Visit<TRule>(TRule rule) where TRule : struct, IOptimizer<TRule> => new Optimizer<Clipped<TRule>>(Name, new(rule, Limit));
    }

    private sealed record Regulator(string Name, float WeightDecay, RateSchedule Schedule, long Updates) : IOptimizerVisitor<Optimizer>
    {
        public Optimizer Visit<TRule>(TRule rule) where TRule : struct, IOptimizer<TRule> =>
            new Optimizer<Regulated<TRule>>(Name, new(rule, WeightDecay, Schedule, Updates));
    }

    /// <summary>Calls the visitor with the formula as a type, so that what it builds is compiled for this optimizer.</summary>
    public abstract TResult Accept<TResult>(IOptimizerVisitor<TResult> visitor);
}

/// <summary>Receives an optimizer's formula as a type argument; see <see cref="Optimizer.Accept"/>.</summary>
public interface IOptimizerVisitor<out TResult>
{
    /// <summary>Called with the struct that holds the formula and its settings.</summary>
    TResult Visit<TRule>(TRule rule) where TRule : struct, IOptimizer<TRule>;
}

/// <summary>A named optimizer whose formula is <typeparamref name="TRule"/>.</summary>
/// <param name="Name">The name used in study files.</param>
/// <param name="Rule">The formula with its settings.</param>
public sealed record Optimizer<TRule>(string Name, TRule Rule) : Optimizer(Name) where TRule : struct, IOptimizer<TRule>
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IOptimizerVisitor<TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit(Rule);
    }
}
