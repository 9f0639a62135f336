using System.Xml.Linq;
using SkiaSharp;
using Sonde.Figures.Drawing;
using Sonde.Figures.Trials;

namespace Sonde.Figures.Tests.Drawing;

public class FigureFileTests
{
    [Fact]
    public void Png_IsTwiceTheLayoutAndHoldsInkInEveryPanelAndInTheTitle()
    {
        var figure = new ActivationBands().Draw(SyntheticTrials.FirstLook[0]);
        using var picture = SKBitmap.Decode(figure.ToPng());
        Assert.Equal((2 * figure.Width, 2 * figure.Height), (picture.Width, picture.Height));
        Assert.True(DarkPixels(picture, 0, 50) > 500, "the upper panel's title is missing");
        Assert.True(DarkPixels(picture, picture.Height / 2, picture.Height / 2 + 50) > 500, "the lower panel's title is missing");
    }

    [Fact]
    public void SameRecords_GiveTheSameBytes()
    {
        static FigureFile Draw() => new LayerHistograms(Probes.Quantity.Activation).Draw(SyntheticTrials.FirstLook[2]);
        Assert.Equal(Draw().ToPng(), Draw().ToPng());
        Assert.Equal(Draw().ToSvg("a-"), Draw().ToSvg("a-"));
    }

    [Fact]
    public void Svg_HoldsEverythingOnce() =>
        Assert.Single(SvgText.Of(new SaturationByLayer().Draw(SyntheticTrials.FirstLook[1]).ToSvg()), line => line == "layer 1");

    [Fact]
    public void SvgWithPrefix_HasOnlyOwnIdsAndResolvesThem()
    {
        var root = XElement.Parse(new ActivationBands().Draw(SyntheticTrials.FirstLook[0]).ToSvg("mine-"));
        var ids = root.Descendants().Attributes("id").Select(id => id.Value).ToHashSet();
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.StartsWith("mine-", id));
        Assert.All(
            root.Descendants().Attributes().Where(a => a.Value.StartsWith("url(#", StringComparison.Ordinal)),
            use => Assert.Contains(use.Value[5..^1], ids));
        Assert.NotNull(root.Attribute("viewBox"));
    }

    [Fact]
    public void Save_WritesBothForms()
    {
        var stem = Path.Combine(Directory.CreateTempSubdirectory("sonde-figure-").FullName, "t-saturation");
        var paths = new SaturationByLayer().Draw(SyntheticTrials.FirstLook[2]).Save(stem);
        Assert.Equal([stem + ".png", stem + ".svg"], paths);
        Assert.All(paths, path => Assert.True(new FileInfo(path).Length > 1000));
    }

    private static int DarkPixels(SKBitmap picture, int fromRow, int toRow)
    {
        var count = 0;
        for (var y = fromRow; y < toRow; y++)
            for (var x = 0; x < picture.Width; x++)
                if (picture.GetPixel(x, y) is { Red: < 100, Green: < 100, Blue: < 100 })
                    count++;
        return count;
    }
}
