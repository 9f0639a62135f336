using System.Globalization;
using Sonde.Records.Trials;
using Sonde.Studies.Fields;
using Sonde.Training;

namespace Sonde.Running.Trials;

/// <summary>Ends a trial that has not improved for as many evaluations as its study allows. It depends on the recorded curve alone, so a trial that is
/// resumed ends at the same update.</summary>
/// <param name="patience">What the study allows; null for all.</param>
internal sealed class PatienceWatch(StoppingPatience? patience)
{
    private double best = double.PositiveInfinity;
    private long bestUpdate;
    private int since;

    /// <summary>Takes a point of the curve.</summary>
    /// <returns>Why the trial ends here; null if it does not.</returns>
    public TrialStop? Add(CurvePoint point)
    {
        if (patience is null || point.Split != "validation")
            return null;
        var value = patience.IsByError ? point.Error : point.Cost;
        if (value < best)
        {
            (best, bestUpdate, since) = (value, point.Update, 0);
            return null;
        }
        if (++since < patience.Evaluations || point.Update < patience.After)
            return null;
        var name = patience.IsByError ? "validation error" : "validation cost";
        return new(TrialStop.Patience, point.Update, string.Create(CultureInfo.InvariantCulture,
            $"Stopped by patience at update {point.Update:#,0}, as the study asks: its {name} of {SearchText.Of(value, patience.IsByError)} is the "
                + $"{Ordinal(since)} in a row that is not below the best, {SearchText.Of(best, patience.IsByError)} at update {bestUpdate:#,0}."))
        {
            By = patience.By, Value = value, Best = best, BestUpdate = bestUpdate,
        };
    }

    private static string Ordinal(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}{(number % 100 is >= 11 and <= 13 ? "th"
        : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" })}");
}
