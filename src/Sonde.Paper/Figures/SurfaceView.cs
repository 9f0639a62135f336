using SkiaSharp;

namespace Sonde.Paper.Figures;

/// <summary>Where points of a box, each coordinate from -1 to 1 (the third upwards), stand on the page for an observer far away.</summary>
/// <param name="Azimuth">How far the box is turned around its vertical axis, in degrees.</param>
/// <param name="Elevation">How far above the horizon the observer stands, in degrees.</param>
/// <param name="Middle">Where the middle of the box stands.</param>
/// <param name="Scale">Pixels to a unit.</param>
internal sealed record SurfaceView(double Azimuth, double Elevation, SKPoint Middle, double Scale)
{
    // The box is lower than wide.
    private const double Height = 0.72;

    private readonly double cosAzimuth = Math.Cos(Azimuth * Math.PI / 180), sinAzimuth = Math.Sin(Azimuth * Math.PI / 180);
    private readonly double cosElevation = Math.Cos(Elevation * Math.PI / 180), sinElevation = Math.Sin(Elevation * Math.PI / 180);

    /// <summary>The place on the page.</summary>
    public SKPoint Place(double x, double y, double z)
    {
        var (across, away) = Turn(x, y);
        return new((float)(Middle.X + Scale * across), (float)(Middle.Y - Scale * (Height * z * cosElevation + away * sinElevation)));
    }

    /// <summary>How far from the observer: more is farther.</summary>
    public double Depth(double x, double y, double z) => Turn(x, y).Away * cosElevation - Height * z * sinElevation;

    /// <summary>How squarely the light falls, from 0 to 1, on a facet that rises by these amounts along x and y.</summary>
    public double Light(double riseX, double riseY)
    {
        // From above and from the observer's left, wherever the box is turned to.
        var (across, away) = Turn(-Height * riseX, -Height * riseY);
        return Math.Abs(-0.5 * across - 0.4 * away + 0.77) / Math.Sqrt(across * across + away * away + 1);
    }

    private (double Across, double Away) Turn(double x, double y) => (x * cosAzimuth - y * sinAzimuth, x * sinAzimuth + y * cosAzimuth);
}
