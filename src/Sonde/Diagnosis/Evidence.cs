namespace Sonde.Diagnosis;

/// <summary>How measured numbers become a confidence.</summary>
internal static class Evidence
{
    /// <summary>A confidence that rises from <paramref name="least"/> to <paramref name="most"/> while a positive number goes from one bound to another, on a
    /// logarithmic scale; the bounds may be in either order.</summary>
    public static double Rising(double value, double from, double to, double least = 0.5, double most = 0.95)
    {
        var way = Math.Log(value / from) / Math.Log(to / from);
        return least + (most - least) * Math.Clamp(double.IsNaN(way) ? 0 : way, 0, 1);
    }
}
