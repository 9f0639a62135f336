using CsCheck;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Records.Tests;

/// <summary>Rows for tests: by hand, and at random with every kind of double.</summary>
internal static class SampleRows
{
    public static readonly Gen<double> AnyDouble = Gen.OneOf(Gen.Double, OneOf(
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0, double.Epsilon, double.MaxValue, double.MinValue));

    public static readonly Gen<string> AnyQuantity = OneOf(Quantity.Activation, Quantity.Preactivation, Quantity.Weight, Quantity.Update);

    public static readonly Gen<CurvePoint> AnyPoint = Gen.Select(
        Gen.Long[0, 1_000_000], OneOf("train", "validation", "test"), AnyDouble, AnyDouble, AnyDouble.Nullable(),
        (update, split, cost, error, rmse) => new CurvePoint(update, split, cost, error) { Rmse = rmse, Mae = rmse / 2 });

    public static readonly Gen<LayerStatistics> AnyStatistics = Gen.Select(
        Gen.Long[0, 1_000_000], Gen.Int[1, 6], AnyQuantity, Gen.Long, AnyDouble.Array[9], AnyDouble.Nullable(), AnyDouble.Nullable(), Gen.Long[0, 100],
        (update, layer, quantity, count, d, saturated, dead, nonFinite) => new LayerStatistics(
            update, layer, quantity, count, d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], saturated, dead, nonFinite));

    public static readonly Gen<LayerHistogram> AnyHistogram = Gen.Select(
        Gen.Long[0, 1_000_000], Gen.Int[1, 6], AnyQuantity, AnyDouble, AnyDouble, AnyDouble.Array[0, 20],
        (update, layer, quantity, low, high, counts) => new LayerHistogram(update, layer, quantity, low, high, counts));

    public static readonly Gen<LayerSpectrum> AnySpectrum = Gen.Select(
        Gen.Long[0, 1_000_000], Gen.Int[1, 6], AnyQuantity, AnyDouble.Array[0, 20], (update, layer, quantity, values) =>
            new LayerSpectrum(update, layer, quantity, values));

    public static readonly Gen<LayerImage> AnyImage = Gen.Select(
        Gen.Long[-1_000_000, 1_000_000], Gen.Int[1, 6], OneOf(ImageQuantity.Filter, ImageQuantity.Clean), Gen.Int[0, 99], Gen.Int[1, 9],
        AnyDouble.Array[0, 20], (update, layer, quantity, index, side, values) =>
            new LayerImage(update, layer, quantity, index, new(side % 3 + 1, side, side + 1), values));

    /// <summary>A row in words that tell any two different rows apart, the sign of zero included.</summary>
    public static string Text(CurvePoint row) => $"{row.Update} {row.Split} {Bits(row.Cost)} {Bits(row.Error)}";

    public static string Text(LayerStatistics row) =>
        $"{row.Update} {row.Layer} {row.Quantity} {row.Count} {Bits(row.Mean)} {Bits(row.Sd)} {Bits(row.Min)} {Bits(row.P2)} "
        + $"{Bits(row.P25)} {Bits(row.P50)} {Bits(row.P75)} {Bits(row.P98)} {Bits(row.Max)} {Bits(row.Saturated)} {Bits(row.Dead)} {row.NonFinite}";

    public static string Text(LayerHistogram row) =>
        $"{row.Update} {row.Layer} {row.Quantity} {Bits(row.Low)} {Bits(row.High)} [{string.Join(' ', row.Counts.Select(c => Bits(c)))}]";

    public static string Text(LayerSpectrum row) => $"{row.Update} {row.Layer} {row.Quantity} [{string.Join(' ', row.Values.Select(v => Bits(v)))}]";

    public static string Text(LayerImage row) =>
        $"{row.Update} {row.Layer} {row.Quantity} {row.Index} {row.Shape.Channels} {row.Shape} [{string.Join(' ', row.Values.Select(v => Bits(v)))}]";

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Bits(double? value) => value is { } v ? BitConverter.DoubleToUInt64Bits(v).ToString("x16") : "null";
}
