using SkiaSharp;

namespace Sonde.Paper.Figures;

/// <summary>Projects the points of a box (coordinates from -1 to 1, the third upwards) onto the page for a distant observer.</summary>
/// <param name="Azimuth">Rotation of the box around its vertical axis, in degrees.</param>
/// <param name="Elevation">Angle of the observer above the horizon, in degrees.</param>
/// <param name="Middle">The middle of the box on the page.</param>
/// <param name="Scale">Pixels per unit.</param>
internal sealed record SurfaceView(double Azimuth, double Elevation, SKPoint Middle, double Scale)
{
    // The box is less high than wide.
    private const double Height = 0.72;

    private readonly double cosAzimuth = Math.Cos(Azimuth * Math.PI / 180), sinAzimuth = Math.Sin(Azimuth * Math.PI / 180);
    private readonly double cosElevation = Math.Cos(Elevation * Math.PI / 180), sinElevation = Math.Sin(Elevation * Math.PI / 180);

    /// <summary>Returns the place on the page.</summary>
    public SKPoint Place(double x, double y, double z)
    {
        var (across, away) = Turn(x, y);
        return new((float)(Middle.X + Scale * across), (float)(Middle.Y - Scale * (Height * z * cosElevation + away * sinElevation)));
    }

    /// <summary>Returns the distance from the observer, up to a constant.</summary>
    public double Depth(double x, double y, double z) => Turn(x, y).Away * cosElevation - Height * z * sinElevation;

    /// <summary>Returns the brightness, 0 to 1, of a facet that rises by these amounts along x and y.</summary>
    public double Light(double riseX, double riseY)
    {
        // The light comes from above and from the observer's left, for any rotation of the box.
        var (across, away) = Turn(-Height * riseX, -Height * riseY);
        return Math.Abs(-0.5 * across - 0.4 * away + 0.77) / Math.Sqrt(across * across + away * away + 1);
    }

    private (double Across, double Away) Turn(double x, double y) => (x * cosAzimuth - y * sinAzimuth, x * sinAzimuth + y * cosAzimuth);
}
