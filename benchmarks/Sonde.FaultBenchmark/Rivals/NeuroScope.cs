using Sonde.Probes;
using static Sonde.FaultBenchmark.Rivals.JudgedTrial;

namespace Sonde.FaultBenchmark.Rivals;

/// <summary>NeuroScope's monitors, where its published thresholds show red.</summary>
internal sealed class NeuroScope : IJudge
{
    private const double DeadUnits = 0.3, Red = 0.4, SmallGradient = 1e-5, LargeNorm = 8.3, SaturatedRed = 0.25, GapRed = 0.5;

    /// <inheritdoc/>
    public string Name => "NeuroScope";

    /// <inheritdoc/>
    public IReadOnlyList<Said> Judge(JudgedTrial trial)
    {
        var said = new List<Said>();
        var hidden = Enumerable.Range(1, trial.Facts.Depth).ToList();
        var last = Enumerable.Range(1, trial.Layers).Select(layer => trial.Rows(Quantity.WeightGradient, layer)).Where(rows => rows.Count > 0)
            .Select(rows => rows[^1]).ToList();
        var dead = hidden.Select(layer => trial.Rows(Quantity.Activation, layer) is [.., { Dead: double share }] ? share * trial.Units(layer) : 0).Sum();
        if (hidden.Count > 0 && dead > DeadUnits * hidden.Sum(trial.Units))
            said.Add(new(["dead-units"]));
        // Its ratio is that of a layer's variance to the next one's above; 1 and more above 2 counts as vanishing.
        var ratios = last.Zip(last.Skip(1)).Where(pair => pair.Second.Sd * pair.Second.Sd > 1e-12)
            .Select(pair => Math.Pow(pair.First.Sd / pair.Second.Sd, 2)).ToList();
        if (last.Count > 1 && ((ratios.Count > 0 ? Math.Min(0.8, (ratios.Average() - 2) / 8) : 0) >= Red || last.Min(RootMeanSquare) < SmallGradient))
            said.Add(new(["vanishing"]));
        if (Math.Sqrt(last.Sum(row => Math.Pow(trial.Norm(row), 2))) > LargeNorm)
            said.Add(new(["exploding"]));
        if (hidden.Count > 0 && hidden.Average(layer => Saturation(trial, layer) * (1 + (hidden.Count - layer + 1) * 0.1)) / 1.5 > SaturatedRed)
            said.Add(new(["saturating", "saturated-at-start"]));
        if (trial.Curve("train") is [.., var train] && trial.Curve("validation") is [.., var validation]
            && validation.Cost - train.Cost > GapRed * train.Cost)
            said.Add(new(["overfit"]));
        return said;
    }

    private static double Saturation(JudgedTrial trial, int layer)
    {
        if (trial.Rows(Quantity.Activation, layer) is not [.., var row])
            return 0;
        var variance = row.Sd * row.Sd;
        return trial.ActivationOf(layer)?.Name switch
        {
            "tanh" => 0.5 * ShareBeyond(row, 0.9) + 0.3 * (variance < 0.05 ? 0.4 : variance < 0.1 ? 0.2 : 0),
            "sigmoid" => 0.5 * (ShareBelow(row, 0.1) + 1 - ShareBelow(row, 0.9)) + 0.3 * (variance < 0.02 ? 0.4 : variance < 0.05 ? 0.2 : 0)
                + 0.2 * (ShareBelow(row, 0.05) + 1 - ShareBelow(row, 0.95)),
            "relu" or "leaky-relu" => 0.5 * (1 - ShareBelow(row, 10)) + 0.3 * (variance < 0.01 ? 0.3 : 0),
            _ => 0.5 * (row.P98 - row.P2 < 0.1 ? 0.8 : 0) + 0.3 * (variance < 0.01 ? 0.3 : 0),
        };
    }
}
