using Sonde.Probes;

namespace Sonde.Diagnosis.Findings;

/// <summary>Every probe example has the same inputs.</summary>
internal static class ConstantInputs
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO103", "inputs-same", FaultLabel.InputsConstant)
    {
        Find = Find,
        IsStatic = true,
        Mechanism = "Equal inputs give equal outputs, so no network can tell the examples apart.",
    };

    // Inputs that vary by less than this share of their mean square are alike but for rounding.
    private const double LeastShare = 1e-9;

    /// <summary>Finds it in a trial, or returns null; needs the rows of <see cref="InputProbe"/>.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.Rows(Quantity.Input, InputProbe.Layer) is not [var input, ..] || trial.Rows(Quantity.MeanInput, InputProbe.Layer) is not [var means, ..]
            || trial.Rows(Quantity.InputSquare, InputProbe.Layer) is not [{ Count: > 1 }, ..])
            return null;
        // All variance is between inputs, none between examples.
        var between = input.Sd * input.Sd - means.Sd * means.Sd;
        if (!(between <= LeastShare * (input.Mean * input.Mean + input.Sd * input.Sd)))
            return null;
        return new(
            Rule.Name,
            "All probe examples have the same inputs, so no network can tell them apart. Check the data and its scaling.",
            new Dictionary<string, double> { ["mean"] = input.Mean, ["sd"] = input.Sd });
    }
}
