using Sonde.Training;

namespace Sonde.Records.Tables;

/// <summary>Pictures of what layers have learned: <c>update, layer, quantity, index, channels, height, width, values</c>, the last a list of doubles, channel
/// by channel and row by row.</summary>
public sealed class ImagesTable : Table<LayerImage>
{
    private ImagesTable() : base("images")
    {
    }

    /// <summary>The table.</summary>
    public static ImagesTable Instance { get; } = new();

    internal override (long Update, int Layer) Order(LayerImage row) => (row.Update, row.Layer);

    private protected override int ListLength(LayerImage row) => row.Values.Length;

    private protected override void Fill(ColumnWriter columns, IReadOnlyList<LayerImage> rows)
    {
        columns.Int64("update", rows.Select(row => row.Update));
        columns.Int32("layer", rows.Select(row => row.Layer));
        columns.Text("quantity", rows.Select(row => row.Quantity));
        columns.Int32("index", rows.Select(row => row.Index));
        columns.Int32("channels", rows.Select(row => row.Shape.Channels));
        columns.Int32("height", rows.Select(row => row.Shape.Height));
        columns.Int32("width", rows.Select(row => row.Shape.Width));
        columns.DoubleList("values", rows.Select(row => row.Values));
    }

    private protected override IEnumerable<LayerImage> Rows(ColumnReader columns)
    {
        var (update, layer, quantity, index) = (columns.Int64("update"), columns.Int32("layer"), columns.Text("quantity"), columns.Int32("index"));
        var (channels, height, width, values) = (columns.Int32("channels"), columns.Int32("height"), columns.Int32("width"), columns.DoubleList("values"));
        return Enumerable.Range(0, columns.Rows).Select(i =>
            new LayerImage(update[i], layer[i], quantity[i], index[i], new(channels[i], height[i], width[i]), values[i]));
    }
}
