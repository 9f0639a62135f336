using System.Globalization;
using Sonde.Cli.Shell;
using Sonde.Probes;

namespace Sonde.Cli.Probing;

/// <summary>One probed network as tables of at most 80 columns, and what they mean.</summary>
internal static class ProbeTables
{
    /// <summary>Writes the tables to standard output.</summary>
    public static void Write(ProbeResult result)
    {
        WriteActivations(result);
        WriteGradients(result);
        WriteJacobians(result);
        if (!result.HasWeightGradients)
            WriteParagraph($"sd of dCost/dW is not measured: it is of mini-batches of {InitializationProbe.Batch} examples, and the probes see "
                + $"{result.Probed.Examples}.");
        foreach (var note in result.Forecast.Notes)
            WriteParagraph(note);
        foreach (var finding in result.Findings)
            WriteParagraph(finding.Sentence);
    }

    private static void WriteActivations(ProbeResult result)
    {
        WriteRow();
        WriteRow("        activation z               sd of z");
        WriteRow("layer   mean     98 % <   measured  theory    +-      linear");
        foreach (var (layer, name) in Layers(result))
        {
            var z = result.Row(Quantity.Activation, layer);
            WriteRow($"{name}{Four(z.Mean),-7}  {Four(z.P98),-7}  {Four(z.Sd),-8}  "
                + $"{result.Forecast.Cells(layer, f => f.ActivationSd, Four, f => f.ActivationSpread)}");
        }
    }

    private static void WriteGradients(ProbeResult result)
    {
        WriteRow();
        WriteRow("        sd of dCost/ds                           sd of dCost/dW");
        WriteRow("layer   measured  theory    +-      linear      measured  theory    linear");
        foreach (var (layer, name) in Layers(result))
            WriteRow($"{name}{result.Row(Quantity.BackpropagatedGradient, layer).Sd,-8:0.00E+00}  "
                + $"{result.Forecast.Cells(layer, f => f.BackpropagatedGradientSd, Scientific, f => f.BackpropagatedGradientSpread)}    "
                + $"{(result.HasWeightGradients ? Scientific(result.Row(Quantity.WeightGradient, layer).Sd) : "-"),-8}  "
                + $"{result.Forecast.Cells(layer, f => f.WeightGradientSd, Scientific)}");
    }

    /// <summary>Writes the singular values of each hidden layer's Jacobian if they were measured, beside the mean that theory predicts.</summary>
    private static void WriteJacobians(ProbeResult result)
    {
        if (result.Jacobians.Count == 0)
            return;
        WriteRow();
        WriteRow("        singular values of each layer's Jacobian");
        WriteRow("layer   mean     theory   rms      smallest  largest");
        foreach (var row in result.Jacobians)
            WriteRow($"{row.Layer,-6}  {Four(row.Mean),-7}  {Four(result.PredictedJacobian(row.Layer).Mean),-7}  {Four(ProbeResult.RootMeanSquare(row)),-7}  "
                + $"{Four(row.Min),-8}  {Four(row.Max)}");
    }

    private static string Four(double value) => QuantityText.FourDecimals(value);

    private static string Scientific(double value) => value.ToString("0.00E+00", CultureInfo.InvariantCulture);

    private static IEnumerable<(int Layer, string Name)> Layers(ProbeResult result) =>
        Enumerable.Range(1, result.Network.Layers).Select(layer => (layer, $"{(layer > result.Network.Depth ? "output" : $"{layer}"),-6}  "));

    private static void WriteRow(string row = "") => Terminal.WriteLine(row.TrimEnd());

    private static void WriteParagraph(string text)
    {
        WriteRow();
        Terminal.WriteLine(text);
    }
}
