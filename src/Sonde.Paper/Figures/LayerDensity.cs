using Sonde.Figures.Drawing;
using Sonde.Figures.Trials;
using Sonde.Paper.Models;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Paper.Figures;

/// <summary>The normalized histogram of one layer over all seeds of a model.</summary>
/// <param name="Layer">1 for the first hidden layer.</param>
/// <param name="Density">Density over the quantity.</param>
/// <param name="From">Lower end without the thin tail.</param>
/// <param name="To">Upper end without the thin tail.</param>
/// <param name="Sd">Standard deviation, mean over seeds; NaN if no statistics were recorded.</param>
internal sealed record LayerDensity(int Layer, SeedSeries Density, double From, double To, double Sd)
{
    // Share of each tail that is left out: it would not be visible on a linear axis.
    private const double TailShare = 0.002;

    /// <summary>Reads the hidden layers' densities at update 0 or at each seed's last update with histograms.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="isAtEnd">True for the last update, false for update 0.</param>
    /// <param name="isBounded">False if the outermost bins also count all values beyond them.</param>
    public static IReadOnlyList<LayerDensity> FromTrials(ModelTrials model, string quantity, bool isAtEnd, bool isBounded)
    {
        var rows = model.Trials.SelectMany(trial => At(trial, quantity, isAtEnd, model.Depth)).ToList();
        return [.. rows.GroupBy(row => row.Histogram.Layer).OrderBy(layer => layer.Key).Select(layer => FromSeeds(layer.Key, [.. layer], isBounded))];
    }

    private static LayerDensity FromSeeds(int layer, IReadOnlyList<(LayerHistogram Histogram, double Sd)> seeds, bool isBounded)
    {
        // Seeds have different bins if the quantity has no bounds, so all densities are interpolated at the first seed's bins.
        var densities = seeds.Select(seed => LayerHistograms.Density(seed.Histogram, isBounded, joined: 1)).ToList();
        var points = densities.SelectMany(density => densities[0].Centres.Select(x => (x, Between(density.Centres, density.Values, x))));
        var ends = seeds.Select(seed => LayerHistograms.Bulk(seed.Histogram, TailShare)).ToList();
        return new(layer, SeedSeries.FromPoints(points), ends.Min(end => end.From), ends.Max(end => end.To), seeds.Average(seed => seed.Sd));
    }

    private static IEnumerable<(LayerHistogram Histogram, double Sd)> At(RecordedTrial trial, string quantity, bool isAtEnd, int depth)
    {
        var rows = trial.Histograms.Where(row => row.Quantity == quantity && row.Layer <= depth && row.Counts.Sum() > 0).ToList();
        var update = isAtEnd ? rows.Select(row => row.Update).DefaultIfEmpty().Max() : 0;
        return rows.Where(row => row.Update == update).Select(row => (row,
            trial.Layers.Where(of => of.Update == update && of.Layer == row.Layer && of.Quantity == quantity)
                .Select(of => of.Sd).DefaultIfEmpty(double.NaN).First()));
    }

    // Linear interpolation; NaN beyond the outermost centres.
    private static double Between(double[] xs, double[] ys, double x)
    {
        var place = (x - xs[0]) / (xs[1] - xs[0]);
        // Equal bins of two seeds may differ by a rounding.
        place = Math.Abs(place - Math.Round(place)) < 1e-6 ? Math.Round(place) : place;
        var left = (int)Math.Floor(place);
        if (left < 0 || left >= xs.Length || (place > left && left + 1 == xs.Length))
            return double.NaN;
        return place == left ? ys[left] : double.Lerp(ys[left], ys[left + 1], place - left);
    }
}
