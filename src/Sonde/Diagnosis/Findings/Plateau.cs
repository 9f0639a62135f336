using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>The cost has stayed near that of a constant answer, while the weights of the hidden layers move: networks often leave such a place, suddenly
/// [Glorot2010, section 3.1].</summary>
internal static class Plateau
{
    // A cost within this share of the last one has not moved.
    private const double Level = 0.03;

    // Records over which it must have stayed.
    private const int Records = 4;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO004", "plateau", FaultLabel.Plateau)
    {
        Find = Find, IsStatic = true, Lacks = trial => trial.Fit.Costs.Count < Records ? "there are fewer than four points of the cost" : null,
        Mechanism = "Lower layers learn under an output that still gives the shares of the classes; what they learn shows only when it is large enough to "
            + "help.",
        Source = "[Glorot2010]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var costs = trial.Fit.Costs;
        if (!trial.Fit.IsAtChance || costs.Count < Records || Unlearning.Find(trial) is not null)
            return null;
        var last = costs[^1].Cost;
        var begin = costs.Count - 1;
        while (begin > 0 && Math.Abs(costs[begin - 1].Cost - last) <= Level * Math.Abs(last))
            begin--;
        if (costs.Count - begin < Records)
            return null;
        var (first, since) = (trial.Network.Depth == 0 ? [] : trial.Rows(Quantity.UpdateToWeightRatio, 1), costs[begin].Update);
        var step = first.Where(row => row.Update >= since).Select(row => row.Mean).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        var evidence = new Dictionary<string, double> { ["since"] = since, ["cost"] = last, ["updates"] = costs[^1].Update - since };
        if (double.IsFinite(step))
            evidence["firstLayerStep"] = step;
        return new(
            Rule.Name,
            $"The cost has stayed at {Number(last)} since {trial.Step} {Whole(since)}"
                + (step == 0 ? ", and updates do not move the weights of layer 1."
                    : double.IsFinite(step) ? $", while each update moves the weights of layer 1 by {Share(step)} of their sd." : "."),
            evidence)
        { FirstUpdate = since, LastUpdate = costs[^1].Update };
    }
}
