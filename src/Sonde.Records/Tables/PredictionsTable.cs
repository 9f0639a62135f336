namespace Sonde.Records.Tables;

/// <summary>The network's prediction for one test example at the end.</summary>
/// <param name="Label">The class of the example.</param>
/// <param name="Predicted">The class that the network gives the highest probability.</param>
public sealed record Prediction(int Label, int Predicted);

/// <summary>The test examples at the end, in order: <c>label, predicted</c>.</summary>
public sealed class PredictionsTable : Table<Prediction>
{
    private PredictionsTable() : base("predictions")
    {
    }

    /// <summary>The table.</summary>
    public static PredictionsTable Instance { get; } = new();

    internal override (long Update, int Layer) Order(Prediction row) => (0, 0);

    private protected override void Fill(ColumnWriter columns, IReadOnlyList<Prediction> rows)
    {
        columns.Int32("label", rows.Select(row => row.Label));
        columns.Int32("predicted", rows.Select(row => row.Predicted));
    }

    private protected override IEnumerable<Prediction> Rows(ColumnReader columns)
    {
        var (label, predicted) = (columns.Int32("label"), columns.Int32("predicted"));
        return Enumerable.Range(0, columns.Rows).Select(i => new Prediction(label[i], predicted[i]));
    }
}
