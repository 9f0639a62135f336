using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>Back-propagated gradients shrink from layer to layer on their way down, at the first recorded update [Glorot2010, section 4.2, fig. 7].</summary>
internal static class VanishingBackpropagatedGradient
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO305", "vanishing-gradients", FaultLabel.Vanishing)
    {
        Find = Find,
        Lacks = trial => trial.Network.Depth > 1 && trial.First(Quantity.BackpropagatedGradient).Count == 0 ? "back-propagated gradients were not recorded"
            : null,
        ConsequenceOf = ["symmetric-units", "sigmoid-layers", "inputs-unscaled", "init-too-small", "init-too-large", "saturated-at-start", "dead-units"],
        Mechanism = "Each layer multiplies the gradient by its weights and slopes; if that is below 1, lower layers hardly learn.",
        Source = "[Glorot2010]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial) =>
        GradientProfile.FindIn(trial) is { } profile && profile.Ratio * profile.MostChange <= 1
            ? new(
                Rule.Name,
                $"{profile.When} back-propagated gradients vanish on the way down: their sd is {Times(1 / profile.Ratio)} times smaller in layer 1 than in "
                    + $"layer {profile.Depth}; each layer keeps {Share(profile.PerLayer)}.{profile.WeightGradients}",
                profile.Evidence)
            {
                Confidence = profile.IsOutgrown || profile.PerLayer > 0.8 ? 0.45
                    : Evidence.Rising(1 / profile.Ratio, profile.MostChange, 25 * profile.MostChange, 0.5, 0.9),
                Layers = profile.Weakest,
                FirstUpdate = profile.Update,
                LastUpdate = profile.Update,
            }
            : null;
}
