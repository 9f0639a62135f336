using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>Back-propagated gradients grow from layer to layer on their way down, at the first recorded update.</summary>
public static class ExplodingBackpropagatedGradient
{
    /// <summary>The finding, or null; fires above <c>1 / 0.8</c> for each layer.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return GradientProfile.FindIn(trial) is { PerLayer: > 1 / GradientProfile.LevelPerLayer } profile
            ? new(
                nameof(ExplodingBackpropagatedGradient),
                $"{profile.When} back-propagated gradients grow: their sd in layer 1 is {Number(profile.Ratio)} times that in layer {trial.Network.Depth} "
                + $"(a factor {Number(profile.PerLayer)} for each layer){profile.WeightGradients}.",
                profile.Evidence)
            : null;
    }
}
