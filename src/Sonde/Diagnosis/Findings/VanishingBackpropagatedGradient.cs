using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>Back-propagated gradients shrink from layer to layer on their way down, at the first recorded update [Glorot2010, section 4.2, fig. 7].</summary>
public static class VanishingBackpropagatedGradient
{
    /// <summary>The finding, or null; fires below <c>0.8</c> for each layer.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return GradientProfile.FindIn(trial) is { PerLayer: < GradientProfile.LevelPerLayer } profile
            ? new(
                nameof(VanishingBackpropagatedGradient),
                $"{profile.When} back-propagated gradients vanish: their sd in layer 1 is {Number(profile.Ratio)} times that in layer "
                    + $"{trial.Network.Depth} "
                + $"(a factor {Number(profile.PerLayer)} for each layer){profile.WeightGradients}.",
                profile.Evidence)
            : null;
    }
}
