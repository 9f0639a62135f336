using System.Globalization;
using Sonde.Figures.Drawing;
using Sonde.Numerics.Significance;
using Sonde.Paper.Curves;

namespace Sonde.Paper.Verdicts;

/// <summary>Collects what an item measures, each quantity with its own verdict, and combines them by one rule.</summary>
/// <remarks>
/// <para>Numbers: a measurement is within the tolerance, or within two standard deviations over seeds if that is more. A curve is compared at every update at
/// which the paper's was read and both have been recorded; all must be within.</para>
/// <para>Orders: a statement in words, or which of two is larger. Events: something that happens at some update in the paper. An event that has not happened
/// counts against the item once the run is twice as long as the paper took, or as long as the paper's figures; until then it is open.</para>
/// <para>The item differs if an order fails, if an event fails, or if numbers are outside and no order holds or may still hold. Otherwise a quantity that is
/// open, or that was not run, makes it "not reached yet". Otherwise it agrees in number if there are numbers and all are within; else in order.</para>
/// <para>Tolerances come from how well the figures can be read and from the luck of test examples. None was fitted to a run.</para>
/// </remarks>
internal sealed class Judgement
{
    /// <summary>An event happens at the paper's update, give or take this factor.</summary>
    public const double EventFactor = 2;

    /// <summary>True if a run is so long that an event which it does not show counts against it: <see cref="EventFactor"/> times as long as the paper took, or
    /// as long as the paper's figures.</summary>
    public static bool IsLongEnough(long ranTo, long paper) => ranTo >= Math.Min(EventFactor * paper, PaperCurves.FigureUpdates);

    private readonly List<Reading> readings = [];
    private int within, outside, holds, fails, open, openOrders, absent;

    /// <summary>Adds a reading that decides nothing.</summary>
    public Judgement Note(string what, string paper, string ours)
    {
        readings.Add(new(what, paper, ours));
        return this;
    }

    /// <summary>Compares a number with the paper's.</summary>
    /// <param name="what">The quantity.</param>
    /// <param name="paper">The paper's value.</param>
    /// <param name="ours">One value per seed.</param>
    /// <param name="tolerance">The largest difference that counts as the same number.</param>
    /// <param name="unit">The unit of both, for the distance.</param>
    /// <param name="format">The number format.</param>
    /// <param name="isOpen">True if the run is shorter than the paper's, so that a difference decides nothing.</param>
    public Judgement Number(string what, double paper, IReadOnlyList<double> ours, double tolerance, string unit = "", string format = "0.00",
        bool isOpen = false)
    {
        if (ours.Count == 0 || ours.Any(double.IsNaN))
            return Note(what, Text(paper, format), "–");
        var distance = ours.Average() - paper;
        var allowed = Allowed(ours, tolerance);
        return Add(new(what, Text(paper, format), Readings.Text(ours, format)) { Distance = Words(distance, allowed, unit, format) },
            Math.Abs(distance) <= allowed ? Outcome.Within : isOpen ? Outcome.Open : Outcome.Outside);
    }

    /// <summary>Compares a curve with the paper's at every update at which the paper's was read and ours has been recorded.</summary>
    /// <param name="what">The quantity.</param>
    /// <param name="paper">The paper's curve; null adds nothing.</param>
    /// <param name="ours">Our curve of each seed.</param>
    /// <param name="tolerance">The largest difference that counts as the same, given the paper's value.</param>
    /// <param name="unit">The unit of both.</param>
    /// <param name="format">The number format.</param>
    public Judgement Curve(
        string what, PaperCurve? paper, IReadOnlyList<SampledCurve> ours, Func<double, double> tolerance, string unit = "", string format = "0.00")
    {
        if (paper is null)
            return this;
        var common = paper.Points.Select(point => (point.Update, Paper: point.Value, Ours: SampledCurve.At(ours, point.Update)))
            .Where(point => point.Ours.Count > 0).ToList();
        if (common.Count == 0)
        {
            if (ours.Count > 0)
                Add(new(what, $"{Text(paper.Points[0].Value, format)} at update {paper.Points[0].Update:N0}", "not reached yet"), Outcome.Open);
            return this;
        }
        var apart = common.ConvertAll(point => (point.Update, Distance: point.Ours.Average() - point.Paper, Allowed: Allowed(point.Ours,
            tolerance(point.Paper))));
        var worst = apart.MaxBy(point => Math.Abs(point.Distance) - point.Allowed);
        var last = common[^1];
        var distance = Words(apart[^1].Distance, apart[^1].Allowed, unit, format)
            + (common.Count == 1 ? "" : $"; at {apart.Count(point => Math.Abs(point.Distance) <= point.Allowed)} of {common.Count} common updates "
            + $"within that, "
                + $"farthest {Signed(worst.Distance, format)} at {worst.Update:N0}");
        return Add(new($"{what}, update {last.Update:N0}", Text(last.Paper, format), Readings.Text(last.Ours, format)) { Distance = distance },
            apart.TrueForAll(point => Math.Abs(point.Distance) <= point.Allowed) ? Outcome.Within : Outcome.Outside);
    }

    /// <summary>Judges a statement in words, or an order.</summary>
    /// <param name="what">The quantity.</param>
    /// <param name="paper">What the paper says of it.</param>
    /// <param name="ours">What was measured.</param>
    /// <param name="isSeen">True if it is as in the paper; null if the runs are too short to tell.</param>
    /// <param name="distance">How far apart, and how much luck may explain; may be empty.</param>
    public Judgement Order(string what, string paper, string ours, bool? isSeen, string distance = "")
    {
        openOrders += isSeen is null ? 1 : 0;
        return Add(new(what, paper, ours) { Distance = distance }, isSeen switch { true => Outcome.Holds, false => Outcome.Fails, _ => Outcome.Open });
    }

    /// <summary>Judges an event.</summary>
    /// <param name="what">What happens.</param>
    /// <param name="paper">The update at which it happens in the paper.</param>
    /// <param name="ours">The first update at which it was recorded; null if it was not.</param>
    /// <param name="ranTo">The last recorded update of the run.</param>
    public Judgement Event(string what, long paper, long? ours, long ranTo)
    {
        if (ours is { } at)
        {
            // A record may come some updates after the event, but not before it.
            var factor = at / (double)paper;
            return Add(new(what, $"{paper:N0}", $"{at:N0}")
            {
                Distance = string.Create(CultureInfo.InvariantCulture,
                $"{factor:0.00} times the paper's ({1 / EventFactor:0.0} to {EventFactor:0.0} allowed)")
            },
                factor >= 1 / EventFactor && factor <= EventFactor ? Outcome.Within : Outcome.Outside);
        }
        return Add(new(what, $"{paper:N0}", $"not by {ranTo:N0}")
        {
            Distance = string.Create(CultureInfo.InvariantCulture, $"the run is {ranTo / (double)paper:0.0} times as long as the paper took"),
        }, IsLongEnough(ranTo, paper) ? Outcome.Fails : Outcome.Open);
    }

    /// <summary>Adds a quantity that was not measured, because its networks have not been trained or their data is missing. An item without it does not
    /// agree.</summary>
    public Judgement NotRun(string what) => Add(new(what, "–", "not run"), Outcome.Absent);

    /// <summary>Adds the readings of another item and what they count for.</summary>
    public Judgement Join(ItemResult other)
    {
        ArgumentNullException.ThrowIfNull(other);
        // What is open of another item may be an order.
        openOrders += other.Readings.Count(reading => reading.Verdict == Agreement.NotReachedYet);
        foreach (var reading in other.Readings)
            Add(reading, reading.Verdict switch
            {
                null => Outcome.None,
                Agreement.AgreesInNumber => Outcome.Within,
                Agreement.AgreesInOrder => Outcome.Holds,
                Agreement.NotReachedYet => Outcome.Open,
                Agreement.NotRun => Outcome.Absent,
                _ => reading.IsNumber ? Outcome.Outside : Outcome.Fails,
            });
        return this;
    }

    /// <summary>The verdict on everything that was added.</summary>
    public Agreement Agreement =>
        fails > 0 || (outside > 0 && holds + openOrders + absent == 0) ? Agreement.Differs
        : open > 0 || (absent > 0 && within + outside + holds > 0) ? Agreement.NotReachedYet
        : outside == 0 && within > 0 ? Agreement.AgreesInNumber
        : holds > 0 ? Agreement.AgreesInOrder : Agreement.NotRun;

    /// <summary>Counts the quantities by verdict, for sentences: <c>3 of 5 quantities agree in number, 1 differs, 1 is not reached yet</c>.</summary>
    public string Counts
    {
        get
        {
            (int Count, string Words)[] parts =
            [
                (within, "in the paper's number"), (holds, "in its order"), (outside + fails, "different"), (open, "not reached yet"), (absent, "not run"),
            ];
            return string.Join(", ", parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Words}"));
        }
    }

    /// <summary>Returns the result with its sentence and figures.</summary>
    public ItemResult Result(string sentence, params IReadOnlyList<FigureFile> figures) => new(Agreement, sentence, readings, figures);

    private Judgement Add(Reading reading, Outcome outcome)
    {
        _ = outcome switch
        {
            Outcome.Within => within++,
            Outcome.Outside => outside++,
            Outcome.Holds => holds++,
            Outcome.Fails => fails++,
            Outcome.Open => open++,
            Outcome.Absent => absent++,
            _ => 0,
        };
        readings.Add(outcome == Outcome.None ? reading : reading with
        {
            IsNumber = outcome is Outcome.Within or Outcome.Outside,
            Verdict = outcome switch
            {
                Outcome.Within => Agreement.AgreesInNumber,
                Outcome.Holds => Agreement.AgreesInOrder,
                Outcome.Open => Agreement.NotReachedYet,
                Outcome.Absent => Agreement.NotRun,
                _ => Agreement.Differs,
            },
        });
        return this;
    }

    private static double Allowed(IReadOnlyList<double> ours, double tolerance) =>
        ours.Count > 1 ? Math.Max(tolerance, 2 * MeanInterval.Of(ours).Sd!.Value) : tolerance;

    private static string Words(double distance, double allowed, string unit, string format) =>
        $"{Signed(distance, format)}{(unit.Length > 0 ? $" {unit}" : "")} ({Text(allowed, format)} allowed)";

    // A difference that rounds to 0 has no sign.
    private static string Signed(double value, string format) => Text(Math.Abs(value), format) is var size && size == Text(0, format) ? size
        : $"{(value >= 0 ? "+" : "-")}{size}";

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private enum Outcome
    {
        None, Within, Outside, Holds, Fails, Open, Absent,
    }
}
