using Sonde.Cli.Shell;
using Sonde.Probes;

namespace Sonde.Cli.Probing;

/// <summary>Several probed networks as rows of one table.</summary>
internal static class ProbeComparison
{
    private static readonly (string Title, Func<ProbeResult, string> Text)[] Names =
    [
        ("data", result => result.Probed.Data.Name), ("hidden", result => result.Network.HiddenText),
        ("activation", result => result.Network.Activation.Name), ("init", result => result.Network.Initializer.Name),
        ("first init", result => $"{result.Network.FirstInitializer}"), ("output init", result => $"{result.Network.OutputInitializer}"),
        ("bias init", result => $"{result.Network.BiasInitializer}"),
        ("output", result => result.Network.Output.Name), ("cost", result => result.Network.Cost.Name), ("examples", result => $"{result.Probed.Examples}"),
    ];

    /// <summary>Writes a row for each network: what distinguishes it, its first and its top hidden layer, and what is worth saying.</summary>
    public static void Write(IReadOnlyList<ProbeResult> results)
    {
        var names = Names.Where(name => results.Select(name.Text).Distinct().Count() > 1).ToList();
        if (names.Count == 0)
            names = [Names[1]];
        var table = new ResultTable(
        [
            .. names.Select(name => new ResultColumn(name.Title)),
            new("sd of z, layer 1", IsNumber: true, Sacrifice: 2), new("sd of z, top layer", IsNumber: true, Sacrifice: 2),
            new("sd of dCost/ds, layer 1", IsNumber: true, Sacrifice: 1), new("sd of dCost/ds, top layer", IsNumber: true, Sacrifice: 1),
            new("gradient ratio", IsNumber: true), new("depth scale", IsNumber: true),
        ]);
        foreach (var result in results)
            table.Add([.. names.Select(name => name.Text(result)), .. Numbers(result)]);
        table.Write();
        Terminal.WriteLine("Gradient ratio: sd of dCost/ds in layer 1, divided by that in the top hidden layer. Depth scale: over this many layers theory "
            + "expects the variance of dCost/ds to change by a factor e.");
        foreach (var result in results)
            foreach (var finding in result.Findings)
                Terminal.WriteLine($"{string.Join(' ', names.Select(name => name.Text(result)))}: {finding.Sentence}");
    }

    private static IEnumerable<string> Numbers(ProbeResult result)
    {
        if (result.Network.Depth == 0)
            return ["-", "-", "-", "-", "-", "-"];
        double Sd(string quantity, int layer) => result.Row(quantity, layer).Sd;
        var (first, top) = (Sd(Quantity.BackpropagatedGradient, 1), Sd(Quantity.BackpropagatedGradient, result.Network.Depth));
        return
        [
            QuantityText.FourDecimals(Sd(Quantity.Activation, 1)),
            QuantityText.FourDecimals(Sd(Quantity.Activation, result.Network.Depth)), $"{first:0.00E+00}", $"{top:0.00E+00}",
            top > 0 ? QuantityText.Number(first / top) : "-", result.Forecast.DepthScale,
        ];
    }
}
