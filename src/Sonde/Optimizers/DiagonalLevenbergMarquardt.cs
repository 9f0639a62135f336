using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Optimizers;

/// <summary>Stochastic diagonal Levenberg-Marquardt, <c>theta := theta - learningRate * g / (damping + h)</c>, with h a running mean of the diagonal of the
/// Gauss-Newton matrix. Source: [LeCun1998b], sections 7 and 9.1.</summary>
/// <remarks>The first estimates all count the same, so that h does not start at 0; later the mean fades.</remarks>
/// <param name="LearningRate">The paper's epsilon; a step of 1 would go to the minimum of the parabola in that parameter.</param>
/// <param name="Damping">Keeps steps finite if there is no curvature; above 0.</param>
/// <param name="Memory">How much of h remains after an estimate, 0 or more and below 1.</param>
/// <param name="Every">Updates from one estimate to the next; each estimate is on the mini-batch of its update.</param>
public readonly record struct DiagonalLevenbergMarquardt(float LearningRate, float Damping, float Memory, int Every) : IOptimizer<DiagonalLevenbergMarquardt>
{
    /// <summary>The paper's epsilon.</summary>
    public float LearningRate { get; init => field = OptimizerCheck.Positive(value, nameof(LearningRate)); } =
        OptimizerCheck.Positive(LearningRate, nameof(LearningRate));

    /// <summary>Keeps steps finite if there is no curvature.</summary>
    public float Damping { get; init => field = OptimizerCheck.Positive(value, nameof(Damping)); } = OptimizerCheck.Positive(Damping, nameof(Damping));

    /// <summary>How much of h remains after an estimate.</summary>
    public float Memory { get; init => field = OptimizerCheck.Share(value, nameof(Memory)); } = OptimizerCheck.Share(Memory, nameof(Memory));

    /// <summary>Updates from one estimate to the next.</summary>
    public int Every { get; init => field = OptimizerCheck.Count(value, nameof(Every)); } = OptimizerCheck.Count(Every, nameof(Every));

    /// <summary>The kind that study files name. By default a parameter without curvature moves as by plain descent at 0.01.</summary>
    public static OptimizerKind Kind { get; } = OptimizerKind.Of(
        "sdlm", 2e-4,
        [new("damping", 0.02, SettingRange.Positive), new("memory", 0.98, SettingRange.Share), new("curvatureEvery", 10, SettingRange.Count)],
        (learningRate, value) => new DiagonalLevenbergMarquardt(learningRate, value("damping"), value("memory"), (int)value("curvatureEvery")));

    /// <inheritdoc/>
    public static string? FirstMemory => "curvature";

    /// <inheritdoc/>
    public static bool UsesCurvature => true;

    /// <inheritdoc/>
    public static float CurvatureShare(DiagonalLevenbergMarquardt settings, long step) =>
        (step - 1) % settings.Every == 0 ? Math.Max(1 - settings.Memory, 1f / ((step - 1) / settings.Every + 1)) : 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes> =>
        gradient / (TLanes.Of(Damping) + first);
}
