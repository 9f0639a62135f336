using System.Globalization;
using Sonde.Data;
using Sonde.Numerics.Significance;
using Sonde.Training;

namespace Sonde.Diagnosis;

/// <summary>What readers see of the errors of a task: their name, their unit, and which direction is better. Records hold every error in per cent, as
/// <see cref="CurvePoint.Error"/> says; of numbers that is 100 (1 - R^2), and readers see R^2.</summary>
internal sealed class ErrorMeasure
{
    private static readonly ErrorMeasure OfClasses = new("error") { Heading = "{0} error %" };
    private static readonly ErrorMeasure OfYesNo = new("outputs wrong") { Heading = "{0} outputs wrong %" };
    private static readonly ErrorMeasure OfValues = new("R²") { Heading = "{0} R²", IsShare = true };

    private ErrorMeasure(string name) => Name = name;

    /// <summary>The name: <c>error</c>, <c>outputs wrong</c> or <c>R²</c>.</summary>
    public string Name { get; }

    /// <summary>The unit as it follows a number: <c> %</c>, or nothing.</summary>
    public string Unit => IsShare ? "" : " %";

    /// <summary>True if less is better.</summary>
    public bool IsLessBetter => !IsShare;

    private string Heading { get; init; } = "";

    private bool IsShare { get; init; }

    /// <summary>Returns the measure of a task.</summary>
    public static ErrorMeasure Of(TargetKind task) => task switch { TargetKind.Values => OfValues, TargetKind.YesNo => OfYesNo, _ => OfClasses };

    /// <summary>Returns the measure that all of some tasks have. Tasks that differ are shown in per cent, which all of them have.</summary>
    public static ErrorMeasure Shared(IEnumerable<TargetKind> tasks) => tasks.Distinct().Take(2).ToList() is [var task] ? Of(task) : OfClasses;

    /// <summary>Returns the heading of a column or an axis: <c>test error %</c>, <c>test R²</c>.</summary>
    /// <param name="part">The examples: <c>train</c>, <c>validation</c>, <c>test</c>; empty for none in particular.</param>
    public string HeadingOf(string part) => string.Format(CultureInfo.InvariantCulture, Heading, part).TrimStart();

    /// <summary>Returns the words of a sentence: <c>test error</c>, <c>share of wrong test outputs</c>, <c>test R²</c>.</summary>
    public string NameOf(string part) => this == OfYesNo ? $"share of wrong {part} outputs" : $"{part} {Name}";

    /// <summary>Returns a title: <c>Test error</c>, <c>Test outputs wrong</c>, <c>Test R²</c>.</summary>
    public string Title(string part) => NumberText.Capital($"{part} {Name}");

    /// <summary>Returns the label of an axis: <c>test error (%)</c>, <c>test R²</c>.</summary>
    public string AxisOf(string part) => $"{part} {Name}{(IsShare ? "" : " (%)")}";

    /// <summary>Returns what it measures: <c>Per cent of the test examples misclassified</c>.</summary>
    public string Meaning(string part) => IsShare ? $"R² of the {part} examples: the share of their targets' variance that the outputs explain"
        : this == OfYesNo ? $"Per cent of the outputs on the wrong side, over the {part} examples" : $"Per cent of the {part} examples misclassified";

    /// <summary>Returns what readers see of an error in per cent.</summary>
    public double Value(double error) => IsShare ? 1 - error / 100 : error;

    /// <summary>Returns what readers see of a difference of errors in points.</summary>
    public double Difference(double points) => IsShare ? -points / 100 : points;

    /// <summary>Writes it without the unit: <c>45.3</c>, <c>0.547</c>.</summary>
    public string Number(double error) => IsShare ? OfShare(1 - error / 100) : NumberText.PerCent(error)[..^2];

    /// <summary>Writes it with the unit: <c>45.3 %</c>, <c>0.547</c>.</summary>
    public string Text(double error) => Number(error) + Unit;

    /// <summary>Writes it with its name: <c>45.3 % test error</c>, <c>45.3 % of test outputs wrong</c>, <c>test R² 0.547</c>.</summary>
    public string Phrase(string part, double error) => Range(part, error, error);

    /// <summary>Writes two with their name: <c>4.2 % to 45.3 % test error</c>, <c>test R² 0.547 to 0.952</c>; one if they read the same.</summary>
    public string Range(string part, double least, double most)
    {
        var (best, worst) = (Text(least), Text(most));
        var both = best == worst ? best : IsShare ? $"{worst} to {best}" : $"{best} to {worst}";
        return IsShare ? $"{NameOf(part)} {both}" : this == OfYesNo ? $"{both} of {part} outputs wrong" : $"{both} {NameOf(part)}";
    }

    /// <summary>Writes the name first: <c>test error 45.3 %</c>, <c>test outputs wrong 45.3 %</c>, <c>test R² 0.547</c>.</summary>
    public string Words(string part, double error) => $"{part} {Name} {Text(error)}";

    /// <summary>Writes a point with its name, and with RMSE and MAE if targets are numbers: <c>test R² 0.547 (RMSE 2.3, MAE 1.9)</c>.</summary>
    public string Phrase(CurvePoint point) => Phrase(point.Split, point.Error) + Beside(point);

    /// <summary>Writes how an error changed: <c>fell from 90.1 % to 45.3 %</c>, <c>rose from 0.011 to 0.547 (RMSE 2.3, MAE 1.9)</c>.</summary>
    public string Change(CurvePoint first, CurvePoint last) => Text(first.Error) == Text(last.Error) ? $"stayed at {Text(last.Error)}{Beside(last)}"
        : $"{(IsLessBetter == last.Error <= first.Error ? "fell" : "rose")} from {Text(first.Error)} to {Text(last.Error)}{Beside(last)}";

    /// <summary>Writes a mean over seeds without the unit: <c>45.31</c>, <c>0.5469</c>.</summary>
    public string Mean(double error) => Fixed(Value(error));

    /// <summary>Writes the standard deviation over seeds without the unit; <paramref name="none"/> if it is not known.</summary>
    public string Sd(MeanInterval error, string none = "-") => error.Sd is { } sd ? Fixed(Math.Abs(Difference(sd))) : none;

    /// <summary>Writes the interval of a mean without the unit: <c>44.20 to 46.42</c>; <paramref name="none"/> if it is not known.</summary>
    public string Interval(MeanInterval error, string none = "-") => error is not { Low: { } low, High: { } high } ? none
        : IsShare ? $"{Fixed(Value(high))} to {Fixed(Value(low))}" : $"{Fixed(low)} to {Fixed(high)}";

    /// <summary>Returns what effects are counted in: <c>points of test error</c>, <c>test R²</c>.</summary>
    public string UnitOf(string part) => IsShare ? NameOf(part) : $"points of {NameOf(part)}";

    /// <summary>Returns a title: <c>Test error in per cent</c>, <c>Test R²</c>.</summary>
    public string TitleOf(string part) => NumberText.Capital(IsShare ? NameOf(part) : $"{NameOf(part)} in per cent");

    /// <summary>Writes a difference of errors in points with its sign, as readers see it: <c>+4.2</c>, <c>-0.042</c>.</summary>
    public string Signed(double points) => $"{(Difference(points) > 0 ? "+" : "")}{(Difference(points) < 0 ? "-" : "")}{SizeNumber(points)}";

    /// <summary>Writes the size of a difference without the unit: <c>4.2</c>, <c>0.042</c>.</summary>
    public string SizeNumber(double points) => IsShare ? NumberText.Number(Math.Abs(points) / 100)
        : Math.Abs(points).ToString(points == 0 || Math.Abs(points) >= 0.1 ? "0.0" : "G2", CultureInfo.InvariantCulture);

    /// <summary>Writes the size of a difference: <c>4.2 points</c>, <c>0.042</c>.</summary>
    public string Size(double points) => IsShare ? SizeNumber(points) : SizeNumber(points) + " points";

    /// <summary>Writes what the better of two has: <c>4.2 points less test error</c>, <c>a 0.042 higher test R²</c>.</summary>
    public string Advantage(string part, double points) => IsShare ? $"a {Size(points)} higher {NameOf(part)}"
        : this == OfYesNo ? $"{Size(points)} fewer {part} outputs wrong" : $"{Size(points)} less {NameOf(part)}";

    /// <summary>Writes RMSE and MAE in brackets; nothing if the point has none.</summary>
    public static string Beside(CurvePoint point) => Residuals(point.Rmse, point.Mae) is { } text ? $" ({text})" : "";

    /// <summary>Writes <c>RMSE 2.3, MAE 1.9</c>; null if they are not known.</summary>
    public static string? Residuals(double? rmse, double? mae) =>
        rmse is { } root && mae is { } mean ? $"RMSE {NumberText.Number(root)}, MAE {NumberText.Number(mean)}" : null;

    private string Fixed(double value) => value.ToString(IsShare ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    // Three decimals, and two digits of what is left to 1: 0.547, 0.9992, -1.2e8.
    private static string OfShare(double share) => share switch
    {
        double.NaN => "undefined",
        0 => "0",
        1 => "1",
        > -10 and < 1 => share.ToString(
            "F" + Math.Clamp(1 - (int)Math.Floor(Math.Log10(1 - share)), 3, 8).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        _ => NumberText.Number(share),
    };
}
