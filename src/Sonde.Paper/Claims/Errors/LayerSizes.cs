using Sonde.Figures.Trials;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Studies.Fields;

namespace Sonde.Paper.Claims.Errors;

/// <summary>The normalized initialization also helps networks whose layers grow or shrink towards the output [Glorot2010, section 5].</summary>
internal sealed class LayerSizes() : Claim(
    "layer-sizes", "The gains are the same with growing and shrinking layers",
    "Section 5: “in all reported experiments we have used the same number of units per layer. However, we verified that we obtain the same gains when the "
    + "layer size increases (or decreases) with layer number.”",
    "paper/layer-sizes")
{
    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var shapes = runs.Trials("paper/layer-sizes").Select(trial => trial.Setting.Hidden).OfType<HiddenWidths>().Distinct().ToList();
        var compared = shapes.Select(hidden => (Hidden: hidden, Standard: runs.TrialsOf("paper/layer-sizes", PaperModel.Tanh, of => of.Hidden == hidden),
            Normalized: runs.TrialsOf("paper/layer-sizes", PaperModel.TanhN, of => of.Hidden == hidden))).ToList();
        if (compared.Count < 2 || compared.Any(c => c.Standard.LastErrors().Count == 0 || c.Normalized.LastErrors().Count == 0))
            return ItemResult.NotRun("Tanh and tanh N have not been evaluated with growing and with shrinking layers yet.");
        var (judgement, sentences) = (new Judgement(), new List<string>());
        var equal = (Standard: runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5)), Normalized: runs.TrialsOf("paper/shapeset",
            PaperModel.TanhN.WithDepth(5)));
        foreach (var (hidden, standard, normalized) in compared)
        {
            var shape = hidden[0] < hidden[^1] ? "growing" : "shrinking";
            var (gain, noise) = (standard.Errors().Mean - normalized.Errors().Mean, ModelProgress.ErrorNoise(standard, normalized));
            // A network on its plateau shows a gain of any initialization that leaves it sooner, whatever the sizes of the layers.
            judgement.Order($"gain of N over standard, {shape} layers ({hidden}), points", "above 0", $"{gain:0.0}",
                !standard.HasLearned() ? standard.Unseen()
                    : ModelProgress.IsGain(gain, noise, runs.IsRateAtEdge(Studies[0], standard), runs.IsRateAtEdge(Studies[0], normalized)),
                    $"luck of the test examples {noise:0.0}");
            if (GainOfEqual(equal, standard) is { } same && standard.HasLearned())
                // "The same gains": at least half of it, or as much as luck may hide.
                judgement.Order($"that gain beside the one with equal layers at update {standard.Updates():N0}, points", "the same",
                    $"{gain:0.0}, {same:0.0}", gain >= same / 2 - noise, $"{same / 2 - noise:0.0} at least");
            judgement
                .Note($"test error of tanh, {shape} layers, %", "–", Readings.Text(standard.Errors(), "0.00"))
                .Note($"test error of tanh N, {shape} layers, %", "lower", Readings.Text(normalized.Errors(), "0.00"));
            sentences.Add($"{shape} layers {Readings.Text(normalized.Errors())} % against {Readings.Text(standard.Errors())} %"
                + (standard.HasLearned() ? "" : " (at chance)"));
        }
        return judgement.Result(
            $"Test error of tanh with the normalized initialization against the standard one after {compared.Min(c => c.Standard.Updates()):N0} updates: "
            + $"{string.Join("; ", sentences)}.",
            new ErrorCurves("test").Draw([.. compared.SelectMany(c => new[] { c.Standard.Trials[0], c.Normalized.Trials[0] })]));
    }

    /// <summary>Returns the gain with equal layers after the same updates; null if it is not known, or if the standard network is still at chance
    /// there.</summary>
    private static double? GainOfEqual((ModelTrials Standard, ModelTrials Normalized) equal, ModelTrials standard)
    {
        var (one, other) = (equal.Standard.TestErrorsAt(standard.Updates()), equal.Normalized.TestErrorsAt(standard.Updates()));
        return one.Count == 0 || other.Count == 0 || !equal.Standard.IsBelowChance(one) ? null : one.Average() - other.Average();
    }
}
