using Sonde.Probes;

namespace Sonde.Records.Tables;

/// <summary>Histograms of layers over updates: <c>update, layer, quantity, low, high, counts</c>, the last a list of doubles.</summary>
public sealed class HistogramsTable : Table<LayerHistogram>
{
    private HistogramsTable() : base("histograms")
    {
    }

    /// <summary>The table.</summary>
    public static HistogramsTable Instance { get; } = new();

    internal override (long Update, int Layer) Order(LayerHistogram row) => (row.Update, row.Layer);

    private protected override int ListLength(LayerHistogram row) => row.Counts.Length;

    private protected override void Fill(ColumnWriter columns, IReadOnlyList<LayerHistogram> rows)
    {
        columns.Int64("update", rows.Select(row => row.Update));
        columns.Int32("layer", rows.Select(row => row.Layer));
        columns.Text("quantity", rows.Select(row => row.Quantity));
        columns.Double("low", rows.Select(row => row.Low));
        columns.Double("high", rows.Select(row => row.High));
        columns.DoubleList("counts", rows.Select(row => row.Counts));
    }

    private protected override IEnumerable<LayerHistogram> Rows(ColumnReader columns)
    {
        var (update, layer, quantity) = (columns.Int64("update"), columns.Int32("layer"), columns.Text("quantity"));
        var (low, high, counts) = (columns.Double("low"), columns.Double("high"), columns.DoubleList("counts"));
        return Enumerable.Range(0, columns.Rows).Select(i => new LayerHistogram(update[i], layer[i], quantity[i], low[i], high[i], counts[i]));
    }
}
