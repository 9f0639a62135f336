using ScottPlot;
using SkiaSharp;
using Sonde.Figures.Drawing;
using Sonde.Figures.Trials;

namespace Sonde.Figures.Tests.Drawing;

public class EmbeddedFontsTests
{
    [Theory]
    [InlineData(false, 400)]
    [InlineData(true, 700)]
    public void OwnFamily_IsReadFromTheAssembly(bool bold, int weight)
    {
        var typeface = EmbeddedFonts.Register().CreateTypeface(EmbeddedFonts.Family, bold, italic: false);
        Assert.Equal(EmbeddedFonts.Family, typeface!.FamilyName);
        Assert.Equal(weight, typeface.FontWeight);
    }

    [Fact]
    public void OtherFamily_IsNotThisResolvers() => Assert.Null(EmbeddedFonts.Register().CreateTypeface("Some Other Family", bold: false, italic: false));

    [Fact]
    public void EveryCharacterOfTheFigures_HasAGlyph() =>
        Assert.All("±·⁻⁰¹²³⁴⁵⁶⁷⁸⁹–%", character =>
            Assert.True(EmbeddedFonts.Register().CreateTypeface(EmbeddedFonts.Family, false, false)!.ContainsGlyph(character)));

    [Fact]
    public void FiguresAskForNoOtherFamily_SoInstalledFontsDoNotMatter()
    {
        var strict = new StrictResolver(EmbeddedFonts.Register());
        Fonts.FontResolvers.Insert(0, strict);
        try
        {
            Assert.All(FigureList.OfTrial, figure => figure.Draw(SyntheticTrials.FirstLook[1]).ToPng());
            Assert.All(FigureList.OfTrial, figure => figure.Draw(SyntheticTrials.Empty()).ToPng());
            Assert.Empty(strict.Others);
            // ScottPlot asks only once for each family. A family that it has not seen proves that the resolver would have noticed others.
            Fonts.GetTypeface("a family that no figure names", false, false);
            Assert.Equal(["a family that no figure names"], strict.Others.Distinct());
        }
        finally
        {
            Fonts.FontResolvers.Remove(strict);
        }
    }

    [Fact]
    public void Svg_NamesFallbackFamilies()
    {
        var svg = new SaturationByLayer().Draw(SyntheticTrials.FirstLook[1]).ToSvg();
        Assert.Contains("font-family=\"'DejaVu Sans', Verdana", svg);
        Assert.DoesNotContain("font-family=\"DejaVu Sans\"", svg);
    }

    // Comes before all other resolvers and records every requested family but the embedded one.
    private sealed class StrictResolver(EmbeddedFonts inner) : IFontResolver
    {
        public System.Collections.Concurrent.ConcurrentBag<string> Others { get; } = [];

        public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Note(fontName) ? inner.CreateTypeface(fontName, bold, italic) : null;

        public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
            Note(fontName) ? inner.CreateTypeface(fontName, weight, slant, spacing) : null;

        private bool Note(string fontName)
        {
            if (fontName != EmbeddedFonts.Family)
                Others.Add(fontName);
            return fontName == EmbeddedFonts.Family;
        }
    }
}
