namespace Sonde.Analysis.Grids;

/// <summary>One value of a setting that varies in a study.</summary>
/// <param name="Value">The value as recorded; "none" if a trial does not have the setting.</param>
/// <param name="Trials">Trials with this value.</param>
/// <param name="Unfinished">Those of them without a result: diverged, failed, or not at their end.</param>
/// <param name="MeanError">Mean test error in per cent over all finished trials with this value; null without any.</param>
/// <param name="Effect">Mean difference in points of test error to the other values, over groups of trials that differ in nothing else but the seed;
/// null if there is no such group.</param>
public sealed record FactorLevel(string Value, int Trials, int Unfinished, double? MeanError, double? Effect)
{
    /// <summary>The value as a number; null if it is none.</summary>
    public double? Number => double.TryParse(Value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
        ? number : null;
}
