using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>Inputs spread far more, or far less, than initializers assume, or very unequally.</summary>
/// <remarks>Initializers keep the variance of layers if inputs have a variance near 1 [LeCun1998b, section 4.3].</remarks>
internal static class InputsUnscaled
{
    /// <summary>An input whose sd is beyond these is not scaled: raw pixels have about 80, pixels from 0 to 1 about 0.3.</summary>
    public const double MostSd = 4, LeastSd = 0.03;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO101", "inputs-unscaled", FaultLabel.InputsUnscaled)
    {
        Find = Find, IsStatic = true,
        Lacks = trial => trial.Row(Quantity.InputSd) is null && trial.Row(Quantity.Input) is null ? "the inputs were not recorded" : null,
        Mechanism = "Initializers and learning rates assume inputs of variance 1. The first layer's pre-activations and weight gradients grow with the "
            + "inputs, so "
            + "its units saturate or its steps are too large; with tiny inputs hardly anything reaches the layers above.",
        Source = "[LeCun1998b]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var (columns, all) = (trial.Row(Quantity.InputSd), trial.Row(Quantity.Input));
        if (InputsConstant.AreAllTheSame(trial))
            return null;
        var typical = columns is { } sds ? Math.Sqrt(sds.Mean * sds.Mean + sds.Sd * sds.Sd) : all?.Sd;
        if (typical is not { } sd || !(sd > 0) || sd is >= LeastSd and <= MostSd)
            return null;
        var range = all is { } input ? $" (they go from {Number(input.Min)} to {Number(input.Max)})" : "";
        var unequal = columns is { P50: > 0 } && columns.Max > 30 * columns.P50
            ? $" One of them has the sd {Number(columns.Max)}, half of them {Number(columns.P50)} or less." : "";
        return new(
            Rule.Name,
            sd > MostSd
                ? $"Inputs are not scaled: their sd is {Number(sd)}{range}, where networks need about 1.{unequal} Scale them before changing anything else."
                : $"Inputs are tiny: their sd is {Number(sd)}{range}, where networks need about 1. Scale them before changing anything else.",
            Numbers(sd, columns, all))
        {
            Confidence = sd > MostSd ? Evidence.Rising(sd, MostSd, 20, 0.7) : Evidence.Rising(sd, LeastSd, 0.01, 0.6), Layers = [InputProbe.Layer],
        };
    }

    private static Dictionary<string, double> Numbers(double sd, LayerStatistics? columns, LayerStatistics? all)
    {
        var numbers = new Dictionary<string, double> { ["sd"] = sd };
        if (all is not null)
            (numbers["min"], numbers["max"], numbers["mean"]) = (all.Min, all.Max, all.Mean);
        if (columns is not null)
            (numbers["largestSd"], numbers["medianSd"]) = (columns.Max, columns.P50);
        return numbers;
    }
}
