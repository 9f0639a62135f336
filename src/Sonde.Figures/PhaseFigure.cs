using System.Globalization;
using ScottPlot;
using Sonde.Figures.Drawing;
using Sonde.Networks;
using Sonde.Theory;

namespace Sonde.Figures;

/// <summary>Draws the phase diagram of a network's activations with its hidden layers in it.</summary>
internal static class PhaseFigure
{
    // Layers until a tenth of a signal's size is left, or ten times of it is there: 100 in variance.
    private static readonly int[] Depths = [10, 30];

    /// <summary>Draws a panel for each activation of the hidden layers.</summary>
    /// <param name="network">A network with hidden layers.</param>
    /// <exception cref="ArgumentException">There is no hidden layer.</exception>
    public static FigureFile Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Depth == 0)
            throw new ArgumentException("The network has no hidden layer, so it is in no phase diagram. Give it one with hidden.", nameof(network));
        var places = PhaseDiagram.Places(network).Index().ToList();
        Plot[] panels = [.. places.GroupBy(place => network.ActivationOf(place.Index + 1)).Select(group => Panel(group.Key, [.. group]))];
        return new("phase-diagram", "Where the network is in its phase diagram",
            "Left of the line marked 'same size' gradients shrink from layer to layer on their way down, and two examples become alike on their way up; right "
                + "of it gradients grow, and examples that are alike drift apart. The other lines say after how many layers a tenth of a signal's size is "
                + "left, or ten times of it is there, once the variance of s has settled (docs/theory.md).", panels);
    }

    private static Plot Panel(Activation activation, IReadOnlyList<(int Index, (double WeightSd, double BiasSd) Item)> layers)
    {
        var panel = Drawing.Panel.Create($"{activation}", "sd of weights × √fan-in", "sd of biases");
        var (width, height) = (Math.Max(3, 1.3 * layers.Max(layer => layer.Item.WeightSd)), Math.Max(1, 1.3 * layers.Max(layer => layer.Item.BiasSd)));
        var lines = Depths.Select(depth => (Math.Pow(100, -1.0 / depth), $"a tenth after {depth}"))
            .Append((1, "same size")).Concat(Depths.Reverse().Select(depth => (Math.Pow(100, 1.0 / depth), $"tenfold after {depth}")));
        foreach (var (series, (chi, name)) in lines.Index())
        {
            var line = PhaseDiagram.Line(activation, chi);
            if (line.Count > 0)
                panel.Curve([.. line.Select(point => point.WeightSd)], [.. line.Select(point => point.BiasSd)], series, name, hasMarkers: false);
        }
        // Layers at one place share a mark.
        foreach (var (index, place) in layers.GroupBy(layer => layer.Item, layer => layer.Index + 1).Index())
            panel.Points([place.Key.WeightSd], [place.Key.BiasSd], Depths.Length * 2 + 1 + index, NameOf([.. place]));
        panel.Plot.Axes.SetLimits(0, width, -0.05 * height, height);
        return panel.Finish(legendCharacters: 16);
    }

    private static string NameOf(IReadOnlyList<int> layers) => string.Create(CultureInfo.InvariantCulture,
        $"{(layers.Count == 1 ? "layer" : "layers")} {layers[0]}{(layers.Count == 1 ? "" : IsRow(layers) ? $" to {layers[^1]}" : ", ...")}");

    private static bool IsRow(IReadOnlyList<int> layers) => layers[^1] - layers[0] == layers.Count - 1;
}
