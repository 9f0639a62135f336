using ScottPlot;

namespace Sonde.Figures.Drawing;

/// <summary>Colour, marker and line width of each curve of a figure. The colours are distinguishable with colour blindness [OkabeIto2008]; when they
/// repeat, the line becomes thinner.</summary>
internal static class Palette
{
    private static readonly Color[] Colors =
    [
        Color.FromHex("#0072B2"), Color.FromHex("#E69F00"), Color.FromHex("#009E73"), Color.FromHex("#D55E00"),
        Color.FromHex("#CC79A7"), Color.FromHex("#56B4E9"), Color.FromHex("#000000"), Color.FromHex("#8C8C8C"),
    ];

    private static readonly MarkerShape[] Markers =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond,
        MarkerShape.FilledTriangleDown, MarkerShape.OpenCircle, MarkerShape.OpenSquare, MarkerShape.OpenTriangleUp,
    ];

    private static readonly float[] Widths = [2, 1.2f, 0.7f];

    /// <summary>Colour of curve 0, 1, ...</summary>
    public static Color ColorOf(int curve) => Colors[curve % Colors.Length];

    /// <summary>Marker of curve 0, 1, ...; the markers shift by one each time the colours repeat.</summary>
    public static MarkerShape MarkerOf(int curve) => Markers[(curve + curve / Colors.Length) % Markers.Length];

    /// <summary>Line width of curve 0, 1, ..., in points. There are no dashes because the SVG writer cannot draw them.</summary>
    public static float WidthOf(int curve) => Widths[Math.Min(curve / Colors.Length, Widths.Length - 1)];
}
