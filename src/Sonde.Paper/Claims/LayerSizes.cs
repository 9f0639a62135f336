using Sonde.Studies.Fields;
using Sonde.Figures.Trials;

namespace Sonde.Paper.Claims;

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
        var (readings, sentences, gains) = (new List<Reading>(), new List<string>(), new List<(double Gain, double Noise)>());
        var shapes = runs.Trials("paper/layer-sizes").Select(trial => trial.Setting.Hidden).OfType<HiddenWidths>().Distinct().ToList();
        var compared = shapes.Select(hidden => (Hidden: hidden, Standard: runs.TrialsOf("paper/layer-sizes", PaperModel.Tanh, of => of.Hidden == hidden),
            Normalized: runs.TrialsOf("paper/layer-sizes", PaperModel.TanhN, of => of.Hidden == hidden))).ToList();
        if (compared.Count < 2 || compared.Any(c => c.Standard.LastErrors().Count == 0 || c.Normalized.LastErrors().Count == 0))
            return ItemResult.Without(Agreement.NotAtThisScale, "Tanh and tanh N have not been evaluated with growing and with shrinking layers yet.");
        if (!compared.Any(c => c.Standard.HasLearned() || c.Normalized.HasLearned()))
            return compared[0].Normalized.OnPlateau();
        foreach (var (hidden, standard, normalized) in compared)
        {
            var shape = hidden[0] < hidden[^1] ? "growing" : "shrinking";
            gains.Add((standard.Errors().Mean - normalized.Errors().Mean, ModelProgress.ErrorNoise(standard, normalized)));
            sentences.Add($"{shape} layers {Readings.Text(normalized.Errors())} % against {Readings.Text(standard.Errors())} %");
            readings.Add(new($"test error of tanh, {shape} layers ({hidden}), %", "–", Readings.Text(standard.Errors(), "0.00")));
            readings.Add(new($"test error of tanh N, {shape} layers, %", "lower", Readings.Text(normalized.Errors(), "0.00")));
        }
        return new(gains.All(g => g.Gain > g.Noise) ? Agreement.Agrees : gains.All(g => g.Gain > 0) ? Agreement.AgreesInOrder : Agreement.Differs,
            $"Test error of tanh with the normalized initialization against the standard one after {compared.Min(c => c.Standard.Updates()):N0} updates: "
            + $"{string.Join("; ", sentences)}. The draw of test examples may explain differences up to {gains.Max(g => g.Noise):0.0} points.",
            readings, [new ErrorCurves("test").Draw([.. compared.SelectMany(c => new[] { c.Standard.Trials[0], c.Normalized.Trials[0] })])]);
    }
}
