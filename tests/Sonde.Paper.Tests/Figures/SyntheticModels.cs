using Sonde.Figures.Tests;
using Sonde.Paper.Models;
using Sonde.Records.Trials;

namespace Sonde.Paper.Tests.Figures;

/// <summary>Models with two synthetic trials each, one for each seed.</summary>
internal static class SyntheticModels
{
    public static ModelTrials Sigmoid { get; } = Of("sigmoid", "sigmoid", "standard", 4, 83.4, saturating: 0);

    public static ModelTrials Tanh { get; } = Of("tanh", "tanh", "standard", 5, 70, saturating: 0.03);

    public static ModelTrials TanhNormalized { get; } = Of("tanh N", "tanh", "normalized", 5, 57, saturating: 0.35);

    public static ModelTrials Softsign { get; } = Of("softsign", "softsign", "standard", 5, 63, saturating: 0.02);

    // In no figure's order.
    public static IReadOnlyList<ModelTrials> All { get; } = [TanhNormalized, Softsign, Sigmoid, Tanh];

    /// <summary>The same model trained on another dataset.</summary>
    public static ModelTrials On(ModelTrials model, string data) => model with { Trials = [.. model.Trials.Select(trial => On(trial, data))] };

    /// <summary>The same model with each update counted this many times over, as if it had been trained longer.</summary>
    public static ModelTrials Stretched(ModelTrials model, long factor) => model with
    {
        Trials = [.. model.Trials.Select(trial => trial with
        {
            Layers = [.. trial.Layers.Select(row => row with { Update = factor * row.Update })],
            Curve = [.. trial.Curve.Select(point => point with { Update = factor * point.Update })],
        })],
    };

    private static RecordedTrial On(RecordedTrial trial, string data) =>
        trial with { Manifest = trial.Manifest with { Setting = new Dictionary<string, string>(trial.Manifest.Setting) { ["data.name"] = data } } };

    private static ModelTrials Of(string label, string activation, string init, int depth, double error, double saturating)
    {
        var (back, forward) = init == "standard" ? (0.55, 0.57) : (0.93, 0.9);
        return new(label, [.. new[] { 0.0, 2.0 }.Select(more =>
            SyntheticTrials.Make($"{label}-{more}", activation, init, depth, 0.01, error + more, back, forward + more / 100, saturating))]);
    }
}
