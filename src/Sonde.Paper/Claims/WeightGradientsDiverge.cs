using Sonde.Figures.Trials;
using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>During training the weight gradients of the layers drift apart, larger in lower layers, above all under the standard initialization
/// [Glorot2010, section 4.3, fig. 9].</summary>
public sealed class WeightGradientsDiverge() : Claim(
    "weight-gradients-diverge", "Weight gradients diverge during training, most under the standard initialization",
    "Section 4.3: “whereas the gradients have initially roughly the same magnitude, they diverge from each other (with larger gradients in the lower layers) "
    + "as training progresses, especially with the standard initialization.” Figure 9.",
    "paper/shapeset")
{
    // The standard deviations of the layers, within a few per cent of each other at first, differ by a factor that no batch of examples makes.
    private const double Diverged = 1.5;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var standard = runs.TrialsOf("paper/shapeset", PaperModel.Tanh, ("network.hidden", "1000x5"));
        var normalized = runs.TrialsOf("paper/shapeset", PaperModel.TanhN, ("network.hidden", "1000x5"));
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
            $"With the standard initialization the standard deviations of weight gradients lie within a factor of {first.Average():0.0} of each other at the "
            + $"start and {spread.Average():0.0} after {standard.Updates():N0} updates, that of layer 1 {bottom.Average():0.0} times that of layer "
            + $"{standard.Depth()}; with the normalized one they end within {other.Average():0.0}.",
            [
                new("largest over smallest sd of weight gradients at the start, tanh", "roughly 1", Readings.Text(first, "0.00")),
                new("the same at the end, tanh", "larger", Readings.Text(spread, "0.00")),
                new("the same at the end, tanh N", "stays small", Readings.Text(other, "0.00")),
                new("layer 1 over the top layer at the end, tanh", "above 1", Readings.Text(bottom, "0.00")),
            ], [.. new[] { standard, normalized }.Select(model => new GradientSd(Quantity.WeightGradient).Draw(model.Trials[0]))]);
    }
}
