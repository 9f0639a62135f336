using Sonde.Data;
using Sonde.Probes;
using static Sonde.FaultBenchmark.Rivals.JudgedTrial;

namespace Sonde.FaultBenchmark.Rivals;

/// <summary>TheDeepChecker's properties, at its default thresholds, as far as they can be read from tables: its trials of a single batch and its check of
/// gradients against differences are left out.</summary>
/// <remarks>H. Ben Braiek and F. Khomh, "Testing feedforward neural networks training programs", 2022.</remarks>
internal sealed class DeepChecker : IJudge
{
    private const double Balance = 0.5, DeadUnits = 0.5, DeadSize = 1e-5, SaturatedShare = 0.85, LeastSd = 0.5, MostSd = 2, Decrease = 0.05, Growth = 2,
        FirstCostOff = 1, TinyWeight = 1e-5, TinyShare = 0.95, LargeWeight = 1e8, Normal = 1.645;

    /// <inheritdoc/>
    public string Name => "TheDeepChecker";

    /// <inheritdoc/>
    public IReadOnlyList<Said> Judge(JudgedTrial trial)
    {
        var said = new List<Said>();
        var hidden = Enumerable.Range(1, trial.Facts.Depth).ToList();
        void Say(string label, IEnumerable<int> layers)
        {
            if (layers.ToList() is { Count: > 0 } found)
                said.Add(new([label], found));
        }
        if (trial.Rows(Quantity.Input, InputProbe.Layer) is [var input, ..])
        {
            var isRange = Math.Abs(input.Max - 1) < 1e-3 && (Math.Abs(input.Min) < 1e-3 || Math.Abs(input.Min + 1) < 1e-3);
            if (input.Sd == 0)
                said.Add(new(["inputs-constant"]));
            else if (!isRange && !(Math.Abs(input.Sd - 1) < 0.1 && Math.Abs(input.Mean) < 0.1))
                said.Add(new(["inputs-unscaled", "inputs-uncentred"]));
        }
        if (trial.Rows(Quantity.ClassShare, InputProbe.Layer) is [{ Count: > 1 } shares, ..] && shares.Min < Balance * shares.Mean * 0.5)
            said.Add(new(["labels-imbalanced"]));
        foreach (var layer in hidden)
            if (trial.Rows(Quantity.Weight, layer) is [var weight, ..])
                said.AddRange(Start(trial, layer, weight.Sd));
        if (trial.Curve("train") is [var first, ..] && trial.Facts.Setting.Data?.Arrays.Task is null or TargetKind.Classes && trial.Units(trial.Layers) > 1
            && Math.Abs(first.Cost - Math.Log(trial.Units(trial.Layers))) >= FirstCostOff * Math.Log(trial.Units(trial.Layers)))
            said.Add(new(["init-too-large", "rate-high"]));
        Say("non-finite", hidden.Append(trial.Layers).Where(layer => trial.Trial.Layers.Any(row => row.Layer == layer && row.NonFinite > 0)));
        Say("dead-units", hidden.Where(layer => trial.ActivationOf(layer) is { Saturates: false }
            && trial.Rows(Quantity.Activation, layer).Any(row => row.Dead > DeadUnits || ShareBeyond(row, DeadSize) < 0.05)));
        Say("saturating", hidden.Where(layer => trial.ActivationOf(layer)?.Name is "tanh" or "sigmoid"
            && trial.Rows(Quantity.Activation, layer).Any(row => Concentration(row, trial.ActivationOf(layer)!.Name) > SaturatedShare)));
        Say("vanishing", hidden.Where(layer => trial.ActivationOf(layer)?.Name != "sigmoid"
            && trial.Rows(Quantity.Activation, layer).Any(row => row.Sd < LeastSd)));
        Say("exploding", hidden.Where(layer => trial.Rows(Quantity.Activation, layer).Any(row => row.Sd > MostSd)
            || trial.Rows(Quantity.Weight, layer).Any(row => RootMeanSquare(row) > LargeWeight)));
        Say("init-too-small", hidden.Where(layer => trial.Rows(Quantity.Weight, layer).Any(row => 1 - ShareBeyond(row, TinyWeight) > TinyShare)));
        var costs = trial.Curve("train").Select(point => point.Cost).ToList();
        if (costs.Count > 1 && costs[^1] > Growth * costs.Min())
            said.Add(new(["rate-high"]));
        else if (costs.Count > 5 && costs.TakeLast(5).Min() > (1 - Decrease) * costs[^6])
            said.Add(new(["rate-low", "rate-high"]));
        return said;
    }

    // Weights should have the variance of He, Glorot or LeCun, whichever is for the activation, within the range of a test at 10 %.
    private static IEnumerable<Said> Start(JudgedTrial trial, int layer, double sd)
    {
        var (inputs, units) = (trial.Units(layer - 1), trial.Units(layer));
        if (sd == 0)
            return [new(["symmetric-units"], layer)];
        var variance = trial.ActivationOf(layer)?.Name switch { "relu" => 2.0 / inputs, "tanh" => 2.0 / (inputs + units), "sigmoid" => 1.0 / inputs, _ => 0 };
        var margin = Normal * Math.Sqrt(2.0 / (inputs * units));
        return variance == 0 || Math.Abs(sd * sd / variance - 1) <= margin ? []
            : [new([sd * sd > variance ? "init-too-large" : "init-too-small"], layer)];
    }

    // Its rho_B: the mean distance of outputs from the middle of their range, 1 if all are at the ends.
    private static double Concentration(LayerStatistics row, string activation) => activation == "tanh" ? Math.Min(1, RootMeanSquare(row))
        : 2 * Math.Sqrt(row.Sd * row.Sd + (row.Mean - 0.5) * (row.Mean - 0.5));
}
