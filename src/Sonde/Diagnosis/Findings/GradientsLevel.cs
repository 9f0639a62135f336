using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>Back-propagated gradients stay comparable from the top hidden layer to the first, at the first recorded update
/// [Glorot2010, section 4.2, fig. 7].</summary>
internal static class GradientsLevel
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO310", "gradients-level", FaultLabel.Observation)
    {
        Find = Find, IsStatic = true,
    };

    private const double MostChange = 4;

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial) =>
        GradientProfile.FindIn(trial) is { Ratio: > 1 / MostChange and < MostChange } profile
            ? new(
                Rule.Name,
                $"{profile.When} back-propagated gradients stay comparable: their sd is {Number(profile.Bottom)} in layer 1 and {Number(profile.Top)} in layer "
                    + $"{profile.Depth}.",
                profile.Evidence)
            : null;
}
