using Sonde.Diagnosis;

namespace Sonde.Records.Tables;

/// <summary>Findings when they were first said, or withdrawn: <c>update, id, name, label, confidence, layers, consequenceOf, sentence</c>. A confidence of 0
/// withdraws a finding; <c>consequenceOf</c> is empty for a cause.</summary>
internal sealed class FindingsTable : Table<Finding>
{
    private FindingsTable() : base("findings")
    {
    }

    /// <summary>The table.</summary>
    public static FindingsTable Instance { get; } = new();

    internal override (long Update, int Layer) Order(Finding row) => (row.LastUpdate, 0);

    private protected override int ListLength(Finding row) => row.Layers.Count;

    private protected override void Fill(ColumnWriter columns, IReadOnlyList<Finding> rows)
    {
        columns.Int64("update", rows.Select(row => row.LastUpdate));
        columns.Text("id", rows.Select(row => row.Id));
        columns.Text("name", rows.Select(row => row.Name));
        columns.Text("label", rows.Select(row => row.Label));
        columns.Double("confidence", rows.Select(row => row.Confidence));
        columns.DoubleList("layers", rows.Select(row => row.Layers.Select(layer => (double)layer).ToArray()));
        columns.Text("consequenceOf", rows.Select(row => row.ConsequenceOf ?? ""));
        columns.Text("sentence", rows.Select(row => row.Sentence));
    }

    private protected override IEnumerable<Finding> Rows(ColumnReader columns)
    {
        var (update, id, name, label) = (columns.Int64("update"), columns.Text("id"), columns.Text("name"), columns.Text("label"));
        var (confidence, layers, cause, sentence) =
            (columns.Double("confidence"), columns.DoubleList("layers"), columns.Text("consequenceOf"), columns.Text("sentence"));
        return Enumerable.Range(0, columns.Rows).Select(i => new Finding(name[i], sentence[i], new Dictionary<string, double>())
        {
            Id = id[i], Label = label[i], Confidence = confidence[i], Layers = [.. layers[i].Select(layer => (int)layer)], LastUpdate = update[i],
            FirstUpdate = update[i], ConsequenceOf = cause[i].Length == 0 ? null : cause[i],
        });
    }
}
