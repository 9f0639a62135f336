using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>Back-propagated gradients grow from layer to layer on their way down, at the first recorded update.</summary>
internal static class ExplodingBackpropagatedGradient
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO306", "exploding-gradients", FaultLabel.Exploding)
    {
        Find = Find,
        Lacks = trial => trial.Network.Depth > 1 && trial.First(Quantity.BackpropagatedGradient).Count == 0 ? "back-propagated gradients were not recorded"
            : null,
        ConsequenceOf = ["init-too-large", "init-too-small"],
        Mechanism = "Each layer multiplies the gradient by its weights and slopes; if that is above 1, steps in lower layers are far too "
            + "large.",
        Source = "[Glorot2010]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial) =>
        GradientProfile.FindIn(trial) is { } profile && profile.Ratio >= profile.MostChange
            // Equal weights add up what cancels otherwise: that is another fault.
            && !Enumerable.Range(1, trial.Network.Depth).Any(layer => trial.Rows(Quantity.Weight, layer) is [{ Sd: 0, Count: > 1 }, ..])
            ? new(
                Rule.Name,
                $"{profile.When} back-propagated gradients explode on the way down: their sd is {Times(profile.Ratio)} times larger in layer 1 than in layer "
                    + $"{profile.Depth}; each layer multiplies it by {Number(profile.PerLayer)}.{profile.WeightGradients}",
                profile.Evidence)
            {
                Confidence = profile.IsOutgrown || profile.PerLayer < 1.25 ? 0.45
                    : Evidence.Rising(profile.Ratio, profile.MostChange, 25 * profile.MostChange, 0.5, 0.9),
                Layers = profile.Weakest,
                FirstUpdate = profile.Update,
                LastUpdate = profile.Update,
            }
            : null;
}
