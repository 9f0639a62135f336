using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Optimizers;

/// <summary>An optimizer that sees a shorter gradient where the gradient of all parameters together is longer than a limit:
/// <c>g := g min(1, limit / (|g| + 1e-6))</c>. Source: [Pascanu2013]; the 1e-6 is PyTorch's.</summary>
/// <typeparam name="TRule">The optimizer.</typeparam>
/// <param name="Rule">Its formula and settings.</param>
/// <param name="Limit">The longest gradient, above 0.</param>
internal readonly record struct Clipped<TRule>(TRule Rule, float Limit) : IOptimizer<Clipped<TRule>> where TRule : struct, IOptimizer<TRule>
{
    private const double Epsilon = 1e-6;

    /// <inheritdoc/>
    public static string? FirstMemory => TRule.FirstMemory;

    /// <inheritdoc/>
    public static string? SecondMemory => TRule.SecondMemory;

    /// <inheritdoc/>
    public static bool UsesCurvature => TRule.UsesCurvature;

    /// <inheritdoc/>
    public static bool NeedsNorm => true;

    /// <inheritdoc/>
    public float LearningRate => Rule.LearningRate;

    /// <summary>What the gradient of this update is multiplied by.</summary>
    public float Factor { get; private init; } = 1;

    /// <inheritdoc/>
    public static float CurvatureShare(Clipped<TRule> settings, long step) => TRule.CurvatureShare(settings.Rule, step);

    /// <inheritdoc/>
    public static Clipped<TRule> At(Clipped<TRule> settings, long step) => settings with { Rule = TRule.At(settings.Rule, step) };

    /// <inheritdoc/>
    public static Clipped<TRule> WithNorm(Clipped<TRule> settings, double norm) =>
        settings with { Factor = (float)Math.Min(1, settings.Limit / (norm + Epsilon)) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes> =>
        Rule.Direction(parameter, gradient * TLanes.Of(Factor), ref first, ref second);
}
