using Sonde.Data;

namespace Sonde.Diagnosis.Remedies;

/// <summary>Scales inputs to mean 0 and sd 1, and returns to a usual learning rate if the trial's own was chosen for other inputs.</summary>
internal static class ScaleInputs
{
    public static Remedy? Find(Situation situation) => situation.HasOwnArrays && situation.InputScale == InputScaling.Standardize ? null
        : new("scale-inputs", "Initializers and learning rates assume inputs of mean 0 and sd 1.",
            situation.Settled(new() { InputScale = situation.HasOwnArrays ? InputScaling.Standardize : InputScaling.MinusOneToOne }));
}
