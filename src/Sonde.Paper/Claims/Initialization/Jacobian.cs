using Sonde.Analysis.Trials;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;
using Sonde.Theory;

namespace Sonde.Paper.Claims.Initialization;

/// <summary>The mean singular value of a layer's Jacobian is about 0.8 after the normalized initialization and 0.5 after the standard one [Glorot2010,
/// section
/// 4.2, eq. 17].</summary>
internal sealed class Jacobian() : Claim(
    "jacobian", "Singular values of layer-to-layer Jacobians: 0.8 normalized, 0.5 standard",
    "Section 4.2: “when consecutive layers have the same dimension, the average singular value corresponds to the average ratio of infinitesimal volumes …, "
    + "as well as to the ratio of average activation variance going from z^i to z^(i+1). With our normalized initialization, this ratio is around 0.8 "
    + "whereas "
    + "with the standard initialization, it drops down to 0.5.”",
    "paper/initialization")
{
    private const double PaperNormalized = 0.8, PaperStandard = 0.5;

    // The paper gives one digit and names neither layers nor examples.
    private const double Tolerance = 0.1;

    // Mean over root mean square of the singular values of a square matrix with independent entries (quarter-circle law); the rms scales activations.
    private static readonly double MeanOverRms = 8 / (3 * Math.PI);

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var (standard, normalized) = (runs.TrialsOf("paper/initialization", PaperModel.Tanh), runs.TrialsOf("paper/initialization", PaperModel.TanhN));
        var (ofStandard, ofNormalized) = (Means(standard), Means(normalized));
        if (ofStandard.Count == 0 || ofNormalized.Count == 0)
            return ItemResult.NotRun(
                "No Jacobians were recorded; a study records them with probe: {jacobian: N} for N examples.");
        var (low, high) = (ofStandard.Average(), ofNormalized.Average());
        var (lowRatio, highRatio) = (Ratios(standard).Average(), Ratios(normalized).Average());
        return new Judgement()
            .Number("mean singular value, normalized", PaperNormalized, ofNormalized, Tolerance * PaperNormalized, format: "0.000")
            .Number("mean singular value, standard", PaperStandard, ofStandard, Tolerance * PaperStandard, format: "0.000")
            .Note($"the same for layers 2 to {normalized.Depth}, normalized", "–", Readings.Row(Layers(normalized), "0.000"))
            .Note($"the same for layers 2 to {standard.Depth}, standard", "–", Readings.Row(Layers(standard), "0.000"))
            .Note($"predicted for diag(f') W, layers 2 to {normalized.Depth}, normalized", "–",
                Readings.Row(Enumerable.Range(2, normalized.Depth - 1).Select(layer => Predicted(normalized, layer)), "0.000"))
            .Note($"predicted for diag(f') W, layers 2 to {standard.Depth}, standard", "–",
                Readings.Row(Enumerable.Range(2, standard.Depth - 1).Select(layer => Predicted(standard, layer)), "0.000"))
            .Note("activation sd of a layer over that of the layer below, normalized", "the same as above", Readings.Text(Ratios(normalized), "0.000"))
            .Note("the same, standard", "the same as above", Readings.Text(Ratios(standard), "0.000"))
            .Result(
                $"The mean singular value from one hidden layer to the next is {high:0.00} after the normalized initialization and {low:0.00} after the "
                    + $"standard "
                + $"one: {high / highRatio:0.00} and {low / lowRatio:0.00} times the ratio of their activations' standard deviations. A random matrix has "
                + $"{MeanOverRms:0.00}.",
                Spectra.Draw([SpectraOf("tanh, standard initialization", standard), SpectraOf("tanh, normalized initialization", normalized)]));
    }

    private static ModelSpectra SpectraOf(string title, ModelTrials model) => new(title,
        [.. Enumerable.Range(1, model.Depth)
            .Select(layer => model.Trials[0].Spectra.FirstOrDefault(row => row.Layer == layer && row.Update == 0)?.Values ?? [])])
    {
        PredictedMean = [.. Enumerable.Range(1, model.Depth).Select(layer => Predicted(model, layer))],
    };

    private static double Predicted(ModelTrials model, int layer) => TrialForecast.Of(model.Trials[0]) is { } forecast
        ? JacobianSpectrum.AtInitialization(forecast.Network, layer, model.At(Quantity.Preactivation, layer, row => row.Mean, 0),
            model.At(Quantity.Preactivation, layer, row => row.Sd, 0)).Mean
        : double.NaN;

    // Without layer 1, which maps the input and is of another size.
    private static IEnumerable<double> Layers(ModelTrials model) => model.Profile(Quantity.Jacobian, row => row.Mean, 0).Skip(1);

    private static IReadOnlyList<double> Means(ModelTrials model) => model.PerSeed(Quantity.Jacobian, row => row.Mean, layers => layers.Skip(1).Average(), 0);

    private static IReadOnlyList<double> Ratios(ModelTrials model) =>
        model.PerSeed(Quantity.Activation, row => row.Sd, layers => layers.Zip(layers.Skip(1), (below, above) => above / below).Average(), 0);
}
