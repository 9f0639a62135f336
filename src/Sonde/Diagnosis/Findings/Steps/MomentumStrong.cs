using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Steps;

/// <summary>Momentum adds up hundreds of gradients: steps are that many times larger, and turn late.</summary>
internal static class MomentumStrong
{
    /// <summary>Momentum above this remembers too long.</summary>
    public const double MostMomentum = 0.99;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO408", "momentum-strong", FaultLabel.OptimizerWrong)
    {
        Find = Find, Lacks = trial => trial.Training.Optimizer is null ? "the optimizer is not recorded" : null,
        Mechanism = "A velocity that keeps a share m of itself adds up 1 / (1 - m) gradients; past a minimum it needs as many updates to turn.",
        Source = "[Sutskever2013]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.Training.Momentum is not (> MostMomentum and < 1 and var momentum) || !trial.Fit.IsPoor)
            return null;
        var gradients = 1 / (1 - momentum);
        return new(
            Rule.Name, $"Momentum of {momentum.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)} adds up about {Times(gradients)} "
                + $"gradients: steps are that many times larger, and turn late. Use 0.9.",
            new Dictionary<string, double> { ["momentum"] = momentum, ["gradients"] = gradients })
        { Confidence = 0.85, LastUpdate = trial.Updates };
    }
}
