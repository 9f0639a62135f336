using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>All or most inputs never vary.</summary>
internal static class InputsConstant
{
    /// <summary>Share of inputs that may be constant: the border of small images is.</summary>
    public const double MostConstant = 0.65;

    // Inputs that vary by less than this share of their mean square are alike but for rounding.
    private const double LeastShare = 1e-9;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO103", "inputs-constant", FaultLabel.InputsConstant)
    {
        Find = Find, IsStatic = true,
        Lacks = trial => trial.Row(Quantity.InputSd) is null && trial.Row(Quantity.Input) is null ? "the inputs were not recorded" : null,
        Mechanism = "An input that never varies says nothing about the example. Equal inputs give equal outputs.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (AreAllTheSame(trial))
            return new(
                Rule.Name, "All examples have the same inputs, so no network can tell them apart. Check the data and its scaling.",
                new Dictionary<string, double> { ["constantShare"] = 1 })
            { Confidence = 0.97, Layers = [InputProbe.Layer] };
        if (trial.Row(Quantity.InputSd) is not { Dead: > MostConstant and var share } row)
            return null;
        return new(
            Rule.Name, $"{Share(share)} of the inputs never vary. Check how the examples are read.",
            new Dictionary<string, double> { ["constantShare"] = share, ["inputs"] = row.Count })
        {
            Confidence = Evidence.Rising(share, MostConstant, 0.95, 0.5, 0.9), Layers = [InputProbe.Layer],
        };
    }

    /// <summary>True if no input varies.</summary>
    public static bool AreAllTheSame(TrialHistory trial)
    {
        if (trial.Row(Quantity.InputSd) is { } columns)
            return columns.Dead == 1;
        if (trial.Row(Quantity.Input) is not { } input || trial.Row(Quantity.MeanInput) is not { } means || trial.Row(Quantity.InputSquare) is not
            { Count: > 1 })
            return false;
        // All variance is between inputs, none between examples.
        return input.Sd * input.Sd - means.Sd * means.Sd <= LeastShare * (input.Mean * input.Mean + input.Sd * input.Sd);
    }
}
