using Sonde.Kernels.Dense;
using Sonde.Numerics.Checks;

namespace Sonde.Optimizers;

/// <summary>An optimizer with its settings; <see cref="Optimizer{TRule}"/> has the formula.</summary>
/// <param name="Name">The name used in study files.</param>
public abstract record Optimizer(string Name)
{
    /// <summary>The name used in study files.</summary>
    public string Name { get; init => field = Given.NotNull(value, nameof(Name)); } = Given.NotNull(Name, nameof(Name));

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
