namespace Sonde.Paper.Verdicts;

/// <summary>Says which quantities decide the verdict on an item.</summary>
internal static class Reason
{
    // A longer list is in the table below it.
    private const int Most = 3;

    /// <summary>Returns a sentence; empty if no quantity was judged.</summary>
    public static string Of(ItemResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var judged = result.Readings.Where(reading => reading.Verdict is not null).ToList();
        List<Reading> Of(Agreement verdict) => judged.FindAll(reading => reading.Verdict == verdict);
        var (differing, numbers) = (Of(Agreement.Differs), judged.FindAll(reading => reading is { Verdict: Agreement.Differs, IsNumber: true }));
        List<Reading> open = [.. Of(Agreement.NotReachedYet), .. Of(Agreement.NotRun)];
        return (judged.Count, result.Agreement) switch
        {
            (0, _) => "",
            (_, Agreement.AgreesInNumber) => "Every number is within its tolerance, and every order holds.",
            (_, Agreement.AgreesInOrder) when numbers.Count > 0 => $"Every order holds. Numbers that differ: {List(numbers)}.",
            (_, Agreement.AgreesInOrder) => "Every order or statement in words holds.",
            // An order that fails decides, whatever the numbers are.
            (_, Agreement.Differs) when differing.Count > 0 =>
                $"What differs: {List(differing.Count > numbers.Count ? differing.FindAll(reading => !reading.IsNumber) : numbers)}.",
            // A figure's missing half has no quantities; the item's own sentence names it.
            (_, Agreement.NotReachedYet) when open.Count > 0 => $"Still open: {List(open)}.",
            _ => "",
        };
    }

    private static string List(List<Reading> readings) => string.Join("; ", readings.Take(Most).Select(reading => reading.What))
        + (readings.Count > Most ? $"; {readings.Count - Most} more are in the table" : "");
}
