using Sonde.Diagnosis.Findings.Data;
using Sonde.Diagnosis.Findings.Networks;
using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Layers;

/// <summary>With a rectifier: many units of a hidden layer are 0 on every probe example.</summary>
internal static class DeadUnits
{
    /// <summary>Share of a layer's units from which on they are reported.</summary>
    public const double LeastShare = 0.5;

    // On a single example half of all units are 0.
    private const int FewUnits = 2, LeastExamples = 4;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO304", "dead-units", FaultLabel.DeadUnits)
    {
        Find = Find, ConsequenceOf = ["inputs-unscaled", "inputs-uncentred", "init-too-large", "init-too-small", "targets-unscaled", "rate-high",
            "momentum-strong",
            "symmetric-units", "regularization-strong", "inputs-constant"],
        Lacks = trial => trial.Network.Depth == 0 ? null
            : trial.Rows(Quantity.Activation, 1).Count == 0 ? "activations were not recorded"
            : ExamplesIn(trial, 1) < LeastExamples ? $"fewer than {LeastExamples} examples were observed" : null,
        Mechanism = "A rectifier that is 0 on every example has slope 0 too: no gradient reaches its weights, so it does not come back.",
        Source = "[He2015]",
    };

    /// <summary>Finds the layer with the most dead units at the last record, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        // Equal inputs leave every unit without a change, dead or not.
        if (InputsConstant.AreAllTheSame(trial))
            return null;
        var layers = Enumerable.Range(1, trial.Network.Depth).Select(layer => (Layer: layer, Rows: SharesOf(trial, layer)))
            .Where(layer => layer.Rows is [.., { Share: >= LeastShare }]).ToList();
        // Some draws of weights leave none of one or two rectifiers alive: that there are so few says more.
        if (layers.Count == 0 || layers.TrueForAll(layer => trial.Network.FanOut(layer.Layer) <= FewUnits) && CapacitySmall.Find(trial) is not null)
            return null;
        var (worst, rows) = layers.MaxBy(layer => layer.Rows[^1].Share);
        var (share, first) = (rows[^1].Share, rows.First(row => row.Share >= LeastShare).Update);
        var when = first == 0 ? "from the start" : $"since update {Whole(first)}";
        return new(
            Rule.Name,
            share == 1 ? $"Layer {worst} is dead {when}: all its units are 0 on every probe example, so nothing passes through it."
                : $"{Share(share)} of the units of layer {worst} are dead at update {Whole(rows[^1].Update)}: 0 on every probe example ({when}).",
            new Dictionary<string, double> { ["layer"] = worst, ["deadShare"] = share, ["since"] = first })
        {
            Confidence = share == 1 ? 0.97 : Evidence.Rising(share, LeastShare, 0.95, 0.55, 0.9), Layers = [.. layers.Select(layer => layer.Layer)],
            FirstUpdate = first, LastUpdate = rows[^1].Update,
        };
    }

    private static List<(long Update, double Share)> SharesOf(TrialHistory trial, int layer)
    {
        if (trial.Network.ActivationOf(layer) is not { Lower: 0, Upper: null } activation || activation.Value(-1) != 0)
            return [];
        if (ExamplesIn(trial, layer) < LeastExamples)
            return [];
        if (trial.Rows(Quantity.UnitSd, layer) is { Count: > 0 } units && trial.Rows(Quantity.Activation, layer) is { Count: > 0 } levels)
            // A unit that never varies but is not 0 is constant, not dead.
            return [.. units.Zip(levels, (unit, level) => (unit.Update, Share: unit.Dead is { } dead && level.P2 == 0 ? dead : 0))];
        // Without single units the dead column, which counts units below 0.05, is a sign only beside large activations.
        return [.. trial.Rows(Quantity.Activation, layer).Select(row => (row.Update, Share: row is { Min: 0, Max: 0, Sd: 0 } ? 1 : row.Max >= 1
            ? row.Dead ?? 0 : 0))];
    }

    // Infinite if the number of units is not known.
    private static double ExamplesIn(TrialHistory trial, int layer) =>
        trial.Rows(Quantity.Activation, layer) is [.., var row] && trial.Network.FanOut(layer) is { } units ? row.Count / (double)units
            : double.PositiveInfinity;
}
