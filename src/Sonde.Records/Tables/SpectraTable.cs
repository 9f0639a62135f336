using Sonde.Probes;

namespace Sonde.Records.Tables;

/// <summary>Spectra of layers over updates: <c>update, layer, quantity, values</c>, the last a list of doubles.</summary>
public sealed class SpectraTable : Table<LayerSpectrum>
{
    private SpectraTable() : base("spectra")
    {
    }

    /// <summary>The table.</summary>
    public static SpectraTable Instance { get; } = new();

    internal override (long Update, int Layer) Order(LayerSpectrum row) => (row.Update, row.Layer);

    private protected override int ListLength(LayerSpectrum row) => row.Values.Length;

    private protected override void Fill(ColumnWriter columns, IReadOnlyList<LayerSpectrum> rows)
    {
        columns.Int64("update", rows.Select(row => row.Update));
        columns.Int32("layer", rows.Select(row => row.Layer));
        columns.Text("quantity", rows.Select(row => row.Quantity));
        columns.DoubleList("values", rows.Select(row => row.Values));
    }

    private protected override IEnumerable<LayerSpectrum> Rows(ColumnReader columns)
    {
        var (update, layer, quantity, values) = (columns.Int64("update"), columns.Int32("layer"), columns.Text("quantity"), columns.DoubleList("values"));
        return Enumerable.Range(0, columns.Rows).Select(i => new LayerSpectrum(update[i], layer[i], quantity[i], values[i]));
    }
}
