using ScottPlot;
using SkiaSharp;

namespace Sonde.Figures.Drawing;

/// <summary>The typeface of all figures. It is embedded in this assembly, so text appears on a machine without fonts and PNG bytes do not depend on
/// installed ones.</summary>
internal sealed class EmbeddedFonts : IFontResolver
{
    /// <summary>The family name, in plots and in SVG files.</summary>
    public const string Family = "DejaVu Sans";

    /// <summary>The font-family list of SVG files: this family, then the ones for a viewer that does not have it.</summary>
    public const string FamilyWithFallbacks = "'DejaVu Sans', Verdana, 'Segoe UI', Helvetica, Arial, sans-serif";

    private static readonly Lazy<EmbeddedFonts> Registration = new(() =>
    {
        var resolver = new EmbeddedFonts();
        ScottPlot.Fonts.FontResolvers.Insert(0, resolver);
        ScottPlot.Fonts.Default = ScottPlot.Fonts.Sans = Family;
        return resolver;
    });

    private readonly Lazy<SKTypeface> regular = new(() => Load("DejaVuSans.ttf")), bold = new(() => Load("DejaVuSans-Bold.ttf"));

    private EmbeddedFonts()
    {
    }

    /// <summary>Makes plots use the embedded typeface. The first call registers it, later calls return the same resolver. Thread-safe.</summary>
    public static EmbeddedFonts Register() => Registration.Value;

    /// <summary>The embedded typeface, or null for any other family.</summary>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Family ? (bold ? this.bold : regular).Value : null;

    /// <summary>The embedded typeface, or null for any other family. Semi-bold and heavier weights are bold; slant is ignored.</summary>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, italic: false);

    private static SKTypeface Load(string resource)
    {
        using var stream = typeof(EmbeddedFonts).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException(
                $"The font {resource} is missing from {typeof(EmbeddedFonts).Assembly.GetName().Name}; build it again with its folder Fonts.");
        using var data = SKData.Create(stream);
        return SKFontManager.Default.CreateTypeface(data);
    }
}
