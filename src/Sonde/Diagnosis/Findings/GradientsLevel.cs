using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>Back-propagated gradients stay comparable from the top hidden layer to the first, at the first recorded update
/// [Glorot2010, section 4.2, fig. 7].</summary>
public static class GradientsLevel
{
    /// <summary>The finding, or null; fires between <c>0.8</c> and <c>1 / 0.8</c> for each layer.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return GradientProfile.FindIn(trial) is { PerLayer: >= GradientProfile.LevelPerLayer and <= 1 / GradientProfile.LevelPerLayer } profile
            ? new(
                nameof(GradientsLevel),
                $"{profile.When} back-propagated gradients stay comparable: their sd in layer 1 is {Number(profile.Ratio)} times that in layer "
                + $"{trial.Network.Depth} (a factor {Number(profile.PerLayer)} for each layer).",
                profile.Evidence)
            : null;
    }
}
