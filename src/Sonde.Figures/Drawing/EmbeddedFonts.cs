using ScottPlot;
using SkiaSharp;

namespace Sonde.Figures.Drawing;

/// <summary>The typeface of all figures, carried inside this assembly: text appears on a machine without fonts,
/// and PNG bytes do not depend on installed ones.</summary>
public sealed class EmbeddedFonts : IFontResolver
{
    /// <summary>The family name, as it also stands in SVG files.</summary>
    public const string Family = "DejaVu Sans";

    /// <summary>The font-family list of SVG files: what a viewer without the family is to use instead comes after it.</summary>
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

    /// <summary>Makes the embedded typeface the one that plots use; the first call registers it, further ones return the same resolver. Thread-safe.</summary>
    public static EmbeddedFonts Register() => Registration.Value;

    /// <summary>The embedded typeface, or null for any other family.</summary>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Family ? (bold ? this.bold : regular).Value : null;

    /// <summary>The embedded typeface, or null for any other family; weights of semi-bold and more are bold, slant is ignored.</summary>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, italic: false);

    private static SKTypeface Load(string resource)
    {
        using var stream = typeof(EmbeddedFonts).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException(
                $"The font {resource} was expected inside {typeof(EmbeddedFonts).Assembly.GetName().Name} and is not there; build it again with its Fonts "
                    + "folder.");
        using var data = SKData.Create(stream);
        return SKFontManager.Default.CreateTypeface(data);
    }
}
