using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>Inputs are much larger than initializers assume, which makes first steps too large whatever the learning rate was meant for.</summary>
internal static class LargeInputs
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO101", "inputs-unscaled", FaultLabel.InputsUnscaled)
    {
        Find = Find,
        IsStatic = true,
        Mechanism = "The first layer's pre-activations and weight gradients grow with the inputs: units saturate, and steps are too large.",
        Source = "[LeCun1998b]",
    };

    /// <summary>A root mean square above this is large; initializers assume one near 1.</summary>
    public const double MostRootMeanSquare = 5;

    /// <summary>Finds it in a trial, or returns null; needs the rows of <see cref="InputProbe"/>.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.Rows(Quantity.Input, InputProbe.Layer) is not [var input, ..])
            return null;
        var rootMeanSquare = Math.Sqrt(input.Mean * input.Mean + input.Sd * input.Sd);
        if (!(rootMeanSquare > MostRootMeanSquare))
            return null;
        return new(
            Rule.Name,
            $"Inputs are large: {Number(input.Min)} to {Number(input.Max)}, mean {Number(input.Mean)}, sd {Number(input.Sd)}. Most networks need an sd near 1: "
                + "scale them before changing anything else.",
            new Dictionary<string, double> { ["min"] = input.Min, ["max"] = input.Max, ["mean"] = input.Mean, ["sd"] = input.Sd });
    }
}
