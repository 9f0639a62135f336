using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Layers;

/// <summary>All hidden layers work where their activation is a straight line, so that they compute what a linear map does.</summary>
internal static class TooLinear
{
    /// <summary>Share of a unit's variance that a straight line does not explain; tanh units of sd 0.3 have 0.0007.</summary>
    public const double Most = 0.0005;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO209", "too-linear", FaultLabel.TooLinear)
    {
        Find = Find, IsExplainedAway = true,
        ConsequenceOf = ["activation-missing", "dead-units", "inputs-unscaled", "init-too-small", "sigmoid-layers", "regularization-strong", "rate-low",
            "too-few-updates", "batch-large"],
        Lacks = trial => trial.Network.Depth > 0 && trial.Last(Quantity.Nonlinearity).Count == 0 ? "single units were not recorded" : null,
        Mechanism = "Near 0 an activation is a straight line, and layers of straight lines multiply to one matrix.",
        Source = "[Glorot2010]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var rows = trial.Last(Quantity.Nonlinearity);
        if (rows.Count == 0 || rows.Any(row => !(row.Mean < Most)) || trial.Network.ActivationOf(1)?.Name == "linear")
            return null;
        var most = rows.Max(row => row.Mean);
        return new(
            Rule.Name, $"Hidden units work as straight lines, which explain all {(most == 0 ? "" : $"but {Share(most)} ")}of what they do at update "
                + $"{Whole(rows[0].Update)}. So the network is no more than a linear map.",
            new Dictionary<string, double> { ["nonlinearity"] = most, ["update"] = rows[0].Update })
        {
            Confidence = 0.55,
            Layers = [.. rows.Select(row => row.Layer)]
        };
    }
}
