using Sonde.Analysis.Trials;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>The rows of one quantity of one hidden layer over updates.</summary>
/// <param name="Layer">1 for the first hidden layer.</param>
/// <param name="Rows">Ordered by update.</param>
internal sealed record LayerSeries(int Layer, IReadOnlyList<LayerStatistics> Rows)
{
    /// <summary>Updates of the rows.</summary>
    public double[] Updates => [.. Rows.Select(row => (double)row.Update)];

    /// <summary>The name in legends.</summary>
    public string Label => $"layer {Layer}";

    /// <summary>Index of the curve, which decides its colour, marker and width: the same for a layer in every figure.</summary>
    public int Series => Layer - 1;

    /// <summary>Returns one number of each row.</summary>
    public double[] Values(Func<LayerStatistics, double> value) => [.. Rows.Select(value)];

    /// <summary>Reads the hidden layers that have rows of this quantity, layer 1 first.</summary>
    public static IReadOnlyList<LayerSeries> Read(RecordedTrial trial, string quantity)
    {
        var depth = TrialFacts.Of(trial.Manifest).Depth;
        return [.. trial.Layers.Where(row => row.Quantity == quantity && row.Layer <= depth).GroupBy(row => row.Layer).OrderBy(group => group.Key)
            .Select(group => new LayerSeries(group.Key, [.. group.OrderBy(row => row.Update)]))];
    }
}
