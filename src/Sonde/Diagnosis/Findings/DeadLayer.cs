using Sonde.Networks;
using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>With an activation that is flat below 0 and has no upper limit, such as relu: all units of a hidden layer are 0 on every probe example, so that
/// nothing passes, or most are.</summary>
internal static class DeadLayer
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO304", "dead-units", FaultLabel.DeadUnits)
    {
        Find = Find,
        Mechanism = "A rectifier that is 0 on every example has slope 0 too: no gradient reaches its weights, so it never comes back.",
        Source = "[He2015]",
    };

    /// <summary>Share of a layer's units from which on they are reported.</summary>
    public const double LeastShare = 0.5;

    /// <summary>Finds the layer with the most dead units at the last record, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var rows = RowsOfRectifiers(trial);
        if (rows.FirstOrDefault(IsZero) is { } zero)
            return new(
                Rule.Name,
                $"Layer {zero.Layer} is dead: all its units are 0 on every probe example at update {Whole(zero.Update)}, so nothing passes through it.",
                new Dictionary<string, double> { ["layer"] = zero.Layer, ["deadShare"] = 1, ["update"] = zero.Update });
        // The dead column counts units that stay below 0.05, which small activations do too; only beside larger ones are they dead.
        if (rows.Where(row => row.Max >= 1).MaxBy(row => row.Dead ?? 0) is not { Dead: >= LeastShare and var share } most)
            return null;
        return new(
            Rule.Name,
            $"{Share(share)} of the units of layer {most.Layer} are dead: below 0.05 on every probe example at update {Whole(most.Update)}.",
            new Dictionary<string, double> { ["layer"] = most.Layer, ["deadShare"] = share, ["update"] = most.Update });
    }

    /// <summary>True if a layer is 0 throughout, so that every example gets the same answer.</summary>
    public static bool BlocksAll(TrialHistory trial) => RowsOfRectifiers(trial).Any(IsZero);

    private static List<LayerStatistics> RowsOfRectifiers(TrialHistory trial) =>
        [.. trial.Last(Quantity.Activation).Where(row => IsRectifier(trial.Network.ActivationOf(row.Layer)))];

    private static bool IsRectifier(Activation? activation) => activation is { Lower: 0, Upper: null };

    private static bool IsZero(LayerStatistics row) => row is { Min: 0, Max: 0, Sd: 0 };
}
