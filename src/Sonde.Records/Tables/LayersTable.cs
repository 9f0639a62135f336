using Sonde.Probes;

namespace Sonde.Records.Tables;

/// <summary>Statistics of layers over updates: <c>update, layer, quantity, count, mean, sd, min, p2, p25, p50, p75, p98, max, saturated, dead,
/// nonFinite</c>; <c>saturated</c> and <c>dead</c> are null if they do not apply to a quantity.</summary>
public sealed class LayersTable : Table<LayerStatistics>
{
    private LayersTable() : base("layers")
    {
    }

    /// <summary>The table.</summary>
    public static LayersTable Instance { get; } = new();

    internal override (long Update, int Layer) Order(LayerStatistics row) => (row.Update, row.Layer);

    private protected override void Fill(ColumnWriter columns, IReadOnlyList<LayerStatistics> rows)
    {
        columns.Int64("update", rows.Select(row => row.Update));
        columns.Int32("layer", rows.Select(row => row.Layer));
        columns.Text("quantity", rows.Select(row => row.Quantity));
        columns.Int64("count", rows.Select(row => row.Count));
        columns.Double("mean", rows.Select(row => row.Mean));
        columns.Double("sd", rows.Select(row => row.Sd));
        columns.Double("min", rows.Select(row => row.Min));
        columns.Double("p2", rows.Select(row => row.P2));
        columns.Double("p25", rows.Select(row => row.P25));
        columns.Double("p50", rows.Select(row => row.P50));
        columns.Double("p75", rows.Select(row => row.P75));
        columns.Double("p98", rows.Select(row => row.P98));
        columns.Double("max", rows.Select(row => row.Max));
        columns.NullableDouble("saturated", rows.Select(row => row.Saturated));
        columns.NullableDouble("dead", rows.Select(row => row.Dead));
        columns.Int64("nonFinite", rows.Select(row => row.NonFinite));
    }

    private protected override IEnumerable<LayerStatistics> Rows(ColumnReader columns)
    {
        var (update, layer, quantity, count) = (columns.Int64("update"), columns.Int32("layer"), columns.Text("quantity"), columns.Int64("count"));
        var (mean, sd, min, max) = (columns.Double("mean"), columns.Double("sd"), columns.Double("min"), columns.Double("max"));
        var (p2, p25, p50, p75, p98) = (columns.Double("p2"), columns.Double("p25"), columns.Double("p50"), columns.Double("p75"), columns.Double("p98"));
        var (saturated, dead, nonFinite) = (columns.NullableDouble("saturated"), columns.NullableDouble("dead"), columns.Int64("nonFinite"));
        return Enumerable.Range(0, columns.Rows).Select(i => new LayerStatistics(
            update[i], layer[i], quantity[i], count[i], mean[i], sd[i], min[i], p2[i], p25[i], p50[i], p75[i], p98[i], max[i], saturated[i], dead[i],
                nonFinite[i]));
    }
}
