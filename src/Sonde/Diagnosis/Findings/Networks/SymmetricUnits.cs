using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>The units of a hidden layer are alike: they start with equal weights, and learn the same.</summary>
internal static class SymmetricUnits
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO208", "symmetric-units", FaultLabel.SymmetricUnits)
    {
        Find = Find,
        Lacks = trial => trial.Network.Depth == 0 ? null
            : trial.Rows(Quantity.Weight, 1).Count + trial.Rows(Quantity.UnitSpread, 1).Count == 0 ? "neither weights nor single units were recorded" : null,
        Mechanism = "Units that start alike get the same gradients and stay alike: the layer computes as much as a single unit.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        int[] alike = [.. Enumerable.Range(1, trial.Network.Depth).Where(layer => trial.Network.FanOut(layer) != 1 && AreAlike(trial, layer))];
        if (alike.Length == 0)
            return null;
        var last = trial.Rows(Quantity.UnitSpread, alike[0]) is [.., var row] ? row : null;
        var stayed = last is { Mean: < 1e-3 };
        var where = alike.Length == trial.Network.Depth ? "every hidden layer" : $"hidden layer {string.Join(", ", alike)}";
        return new(
            Rule.Name,
            $"The units of {where} start with equal weights, so they compute the same and learn the same"
                + $"{(stayed && last!.Update > 0 ? $": they are still alike at update {Whole(last.Update)}" : "")}. Use random weights.",
            new Dictionary<string, double> { ["layers"] = alike.Length, ["lastSpread"] = last?.Mean ?? 0 })
        {
            Confidence = last is null || stayed ? 0.97 : 0.85, Layers = alike, LastUpdate = last?.Update ?? 0,
        };
    }

    private static bool AreAlike(TrialHistory trial, int layer)
    {
        if (trial.Rows(Quantity.Weight, layer) is [{ Update: 0, Count: > 1 } weights, ..])
            return weights.Min == weights.Max;
        // Units that never vary are dead, which is another fault.
        return trial.Rows(Quantity.UnitSpread, layer) is [{ Update: 0, Mean: 0 }, ..] && trial.Rows(Quantity.UnitSd, layer) is [{ Dead: < 1 }, ..];
    }
}
