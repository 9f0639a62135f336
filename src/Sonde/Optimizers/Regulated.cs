using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Optimizers;

/// <summary>An optimizer whose learning rate follows a schedule, and to whose gradient that of a penalty <c>weightDecay / 2 * sum theta^2</c> is
/// added.</summary>
/// <typeparam name="TRule">The optimizer.</typeparam>
/// <param name="Rule">Its formula and settings.</param>
/// <param name="WeightDecay">The penalty's factor, 0 or more; biases have it too, as in PyTorch. The cost that is recorded leaves the penalty out.</param>
/// <param name="Schedule">How the rate changes.</param>
/// <param name="Updates">Updates in all.</param>
internal readonly record struct Regulated<TRule>(TRule Rule, float WeightDecay, RateSchedule Schedule, long Updates) : IOptimizer<Regulated<TRule>>
    where TRule : struct, IOptimizer<TRule>
{
    /// <inheritdoc/>
    public static string? FirstMemory => TRule.FirstMemory;

    /// <inheritdoc/>
    public static string? SecondMemory => TRule.SecondMemory;

    /// <inheritdoc/>
    public static bool UsesCurvature => TRule.UsesCurvature;

    /// <inheritdoc/>
    public float LearningRate { get; private init; } = Rule.LearningRate;

    /// <inheritdoc/>
    public static float CurvatureShare(Regulated<TRule> settings, long step) => TRule.CurvatureShare(settings.Rule, step);

    /// <inheritdoc/>
    public static Regulated<TRule> At(Regulated<TRule> settings, long step)
    {
        var rule = TRule.At(settings.Rule, step);
        return settings with { Rule = rule, LearningRate = (float)(rule.LearningRate * settings.Schedule.FactorAt(step - 1, settings.Updates)) };
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes> =>
        Rule.Direction(parameter, TLanes.FusedMultiplyAdd(TLanes.Of(WeightDecay), parameter, gradient), ref first, ref second);
}
