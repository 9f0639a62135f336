using System.Globalization;
using Sonde.Data;

namespace Sonde.Networks;

/// <summary>Holds the targets of a network against what its outputs can give.</summary>
internal static class OutputRange
{
    /// <summary>Says that the outputs cannot take the values of the targets, with the cure; null if they can.</summary>
    public static string? FindMismatch(Output output, TargetTable targets)
    {
        var (lower, upper) = output.Activation is { } activation ? (activation.Lower, activation.Upper) : (0, 1);
        var (low, high) = (targets.Values.Min(), targets.Values.Max());
        if (low >= (lower ?? double.NegativeInfinity) && high <= (upper ?? double.PositiveInfinity))
            return output.IsSoftmax && targets.Kind == TargetKind.Values
                ? "The outputs of a softmax sum to 1, and the targets are numbers that need not. Use output: linear with cost: mse." : null;
        var cure = targets.Kind == TargetKind.Values ? "Use output: linear, or scale the targets." : "Give 1 for yes and 0 for no.";
        return string.Create(
            CultureInfo.InvariantCulture, $"The output {output} is {Limits(lower, upper)}, and the targets go from {low:0.####} to {high:0.####}. {cure}");
    }

    private static string Limits(double? lower, double? upper) => (lower, upper) switch
    {
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"between {low:0.##} and {high:0.##}"),
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $"{low:0.##} or more"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{upper:0.##} or less"),
    };
}
