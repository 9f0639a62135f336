using Sonde.Figures.Trials;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>During training the weight gradients of the layers drift apart: lower layers get larger ones, most of all under the standard initialization
/// [Glorot2010, section 4.3, fig. 9].</summary>
internal sealed class WeightGradientsDiverge() : Claim(
    "weight-gradients-diverge", "Weight gradients diverge during training, most under the standard initialization",
    "Section 4.3: “whereas the gradients have initially roughly the same magnitude, they diverge from each other (with larger gradients in the lower layers) "
    + "as training progresses, especially with the standard initialization.” Figure 9.",
    "paper/shapeset")
{
    // The standard deviations of the layers are within a few per cent of each other at first. No draw of examples makes them differ by this factor.
    private const double Diverged = 1.5;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var standard = runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5));
        var normalized = runs.TrialsOf("paper/shapeset", PaperModel.TanhN.WithDepth(5));
        if (!standard.HasLearned())
            return standard.OnPlateau();
        IReadOnlyList<double> Of(ModelTrials model, Func<IReadOnlyList<double>, double> of, long update = long.MaxValue) =>
            model.PerSeed(Quantity.WeightGradient, row => row.Sd, of, update);
        var (first, spread, other) = (Of(standard, ModelProgress.Spread, 0), Of(standard, ModelProgress.Spread), Of(normalized, ModelProgress.Spread));
        var bottom = Of(standard, ModelProgress.BottomOverTop);
        if (first.Count == 0 || spread.Count == 0 || other.Count == 0)
            return ItemResult.Without(Agreement.NotAtThisScale, "Weight gradients of tanh with both initializations have not been recorded yet.");
        var isMoreThanNormalized = bottom.Average() > 1 && spread.Average() > other.Average();
        return new(isMoreThanNormalized && spread.Average() >= Diverged * first.Average() ? Agreement.Agrees
            : isMoreThanNormalized ? Agreement.AgreesInOrder : Agreement.Differs,
            $"With the standard initialization the standard deviations of weight gradients are within a factor of {first.Average():0.0} of each other at the "
            + $"start and of {spread.Average():0.0} after {standard.Updates():N0} updates. That of layer 1 is then {bottom.Average():0.0} times that of layer "
            + $"{standard.Depth}. With the normalized initialization they end within a factor of {other.Average():0.0}.",
            [
                new("largest over smallest sd of weight gradients at the start, tanh", "roughly 1", Readings.Text(first, "0.00")),
                new("the same at the end, tanh", "larger", Readings.Text(spread, "0.00")),
                new("the same at the end, tanh N", "stays small", Readings.Text(other, "0.00")),
                new("layer 1 over the top layer at the end, tanh", "above 1", Readings.Text(bottom, "0.00")),
            ], [.. new[] { standard, normalized }.Select(model => new GradientSd(Quantity.WeightGradient).Draw(model.Trials[0]))]);
    }
}
