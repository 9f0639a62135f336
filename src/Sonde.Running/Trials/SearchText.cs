using System.Globalization;

namespace Sonde.Running.Trials;

/// <summary>Writes what decides a search, or ends a trial, in words.</summary>
internal static class SearchText
{
    /// <summary>Returns an error in per cent, or a cost.</summary>
    public static string Of(double value, bool isByError) =>
        isByError ? string.Create(CultureInfo.InvariantCulture, $"{value:0.0#} %") : value.ToString("0.0###", CultureInfo.InvariantCulture);
}
