using Sonde.Cli.Shell;
using Sonde.Diagnosis;
using Sonde.Probes;

namespace Sonde.Cli.Diagnosing;

/// <summary>The layers in order, at the first record and at the last.</summary>
internal static class LayerTable
{
    // Each with its heading and the number in its row.
    private static readonly (string Title, string Quantity, Func<LayerStatistics, double?> Of)[] Columns =
    [
        ("sd of z", Quantity.Activation, row => row.Sd), ("saturated %", Quantity.Activation, row => 100 * row.Saturated),
        ("never vary %", Quantity.UnitSd, row => 100 * row.Dead), ("sd of dCost/ds", Quantity.BackpropagatedGradient, row => row.Sd),
        ("update/weight", Quantity.UpdateToWeightRatio, row => row.Mean),
    ];

    /// <summary>Writes the table; nothing if no layer was observed.</summary>
    public static void Write(TrialHistory trial)
    {
        var shown = Columns.Where(column => Enumerable.Range(1, trial.Network.Depth).Any(layer => trial.Rows(column.Quantity, layer).Count > 0))
            .ToList();
        if (shown.Count == 0 || trial.Network.Depth == 0)
            return;
        var table = new ResultTable([new("layer", IsNumber: true), .. shown.Select((column, k) => new ResultColumn($"{column.Title}, first to last",
            Sacrifice: k + 1))]);
        for (var layer = 1; layer <= trial.Network.Depth; layer++)
            table.Add([$"{layer}", .. shown.Select(column => Range(trial.Rows(column.Quantity, layer), column.Of))]);
        Terminal.WriteLine();
        table.Write();
    }

    private static string Range(IReadOnlyList<LayerStatistics> rows, Func<LayerStatistics, double?> of) => rows switch
    {
        [] => "-",
        [var only] => Text(only, of),
        [var first, .., var last] => Joined(Text(first, of), Text(last, of)),
    };

    private static string Joined(string first, string last) => first == "-" && last == "-" ? "-" : $"{first} to {last}";

    // If no value was finite, a share of 0 says nothing.
    private static string Text(LayerStatistics row, Func<LayerStatistics, double?> of) =>
        row.NonFinite < row.Count && of(row) is { } number && double.IsFinite(number) ? QuantityText.Number(number) : "-";
}
