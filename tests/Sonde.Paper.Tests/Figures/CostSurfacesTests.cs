using System.Xml.Linq;
using Sonde.Figures.Tests;
using Sonde.Paper.Figures;

namespace Sonde.Paper.Tests.Figures;

public sealed class CostSurfacesTests
{
    private static readonly CostSurfaces Surfaces = new(CostSurfaces.Network(seed: 1));

    [Fact]
    public void CrossEntropy_IsAboveTheQuadraticCostEverywhere() =>
        Assert.All(Surfaces.CrossEntropy.Points.Zip(Surfaces.Quadratic.Points), pair => Assert.True(pair.First.Cost > pair.Second.Cost));

    [Fact]
    public void Weights_GoFromMinusFourToFourAsInThePaper() => Assert.Equal((-4, 4), (Surfaces.Quadratic.Weights[0], Surfaces.Quadratic.Weights[^1]));

    [Fact]
    public void Picture_NamesItsAxesAndItsNumbersAndHoldsBothSurfaces()
    {
        var figure = Surfaces.Draw();
        var svg = figure.ToSvg();
        Assert.Contains("W1 (first layer)", SvgText.Of(svg));
        Assert.Contains("W2 (output layer)", SvgText.Of(svg));
        Assert.Contains("cost", SvgText.Of(svg));
        Assert.Contains("cross-entropy", SvgText.Of(svg));
        Assert.Contains("quadratic cost", SvgText.Of(svg));
        // Two paths a facet (its face and its edge), 24 facets a side, two surfaces; edges alone have a stroke.
        var paths = XElement.Parse(svg).Descendants().Where(element => element.Name.LocalName == "path").ToList();
        Assert.Equal(24 * 24 * 2, paths.Count(path => path.Attribute("stroke-opacity") is not null));
        Assert.Equal(24 * 24 * 2, paths.Count(path => path.Attribute("fill-opacity") is not null));
        Assert.Contains(FormattableString.Invariant($"{Surfaces.Quadratic.PlateauShare:0 %} for the quadratic"), figure.Explanation);
    }

    [Fact]
    public void Fragment_IsWellFormedLoadsNothingAndTurnsByKeyAndPointer()
    {
        var html = Surfaces.ToHtml("turn");
        var root = XElement.Parse($"<div>{html}</div>");
        Assert.Equal("turn", (string?)root.Element("canvas")!.Attribute("id"));
        Assert.Equal("0", (string?)root.Element("canvas")!.Attribute("tabindex"));
        var script = root.Element("script")!.Value;
        Assert.All(["ArrowLeft", "pointermove", "prefers-reduced-motion", "getElementById(\"turn\")"], word => Assert.Contains(word, script));
        Assert.All(["http", "fetch(", "import ", "src="], word => Assert.DoesNotContain(word, html));
    }

    [Fact]
    public void View_FromAboveAndFromTheSide()
    {
        var above = new SurfaceView(0, 90, new(100, 100), 10);
        Assert.Equal((110f, 90f), (MathF.Round(above.Place(1, 1, 0.5).X, 3), MathF.Round(above.Place(1, 1, 0.5).Y, 3)));
        var side = new SurfaceView(90, 0, new(0, 0), 10);
        // Turned by a right angle, the x axis leads away from the observer, and the y axis to the left.
        Assert.Equal(-10, side.Place(1, 1, 0).X, 1e-4);
        Assert.True(side.Depth(1, 0, 0) > side.Depth(-1, 0, 0));
        Assert.True(side.Place(0, 0, 1).Y < side.Place(0, 0, 0).Y);
    }
}
