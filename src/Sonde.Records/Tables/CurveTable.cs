using Sonde.Training;

namespace Sonde.Records.Tables;

/// <summary>Error and cost over updates: <c>update, split, cost, error</c>, and <c>rmse, mae</c> if targets are numbers.</summary>
public sealed class CurveTable : Table<CurvePoint>
{
    private CurveTable() : base("curve")
    {
    }

    /// <summary>The table.</summary>
    public static CurveTable Instance { get; } = new();

    internal override (long Update, int Layer) Order(CurvePoint row) => (row.Update, 0);

    private protected override void Fill(ColumnWriter columns, IReadOnlyList<CurvePoint> rows)
    {
        columns.Int64("update", rows.Select(row => row.Update));
        columns.Text("split", rows.Select(row => row.Split));
        columns.Double("cost", rows.Select(row => row.Cost));
        columns.Double("error", rows.Select(row => row.Error));
        columns.NullableDouble("rmse", rows.Select(row => row.Rmse));
        columns.NullableDouble("mae", rows.Select(row => row.Mae));
    }

    private protected override IEnumerable<CurvePoint> Rows(ColumnReader columns)
    {
        var (update, split, cost, error) = (columns.Int64("update"), columns.Text("split"), columns.Double("cost"), columns.Double("error"));
        // Files of earlier versions have neither.
        var (rmse, mae) = (columns.FindNullableDouble("rmse"), columns.FindNullableDouble("mae"));
        return Enumerable.Range(0, columns.Rows).Select(i => new CurvePoint(update[i], split[i], cost[i], error[i]) { Rmse = rmse?[i], Mae = mae?[i] });
    }
}
