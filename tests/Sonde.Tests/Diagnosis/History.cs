using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Tests.Diagnosis;

/// <summary>Rows for findings, a line each.</summary>
internal static class History
{
    public static TrialHistory Of(string activation, int depth, IEnumerable<LayerStatistics> rows, double? chance = null, params double[] testErrors) =>
        new(Facts(activation, depth), Curve(testErrors), rows, chance);

    public static NetworkFacts Facts(string activation, int depth) => new(depth, ActivationList.Find(activation));

    public static IEnumerable<CurvePoint> Curve(params double[] testErrors) => testErrors.Select((error, k) => new CurvePoint(1000 * k, "test", 2, error));

    public static LayerStatistics Row(long update, int layer, string quantity, double mean = 0, double sd = 1, double? saturated = null, long nonFinite = 0) =>
        new(update, layer, quantity, 300, mean, sd, mean - sd, mean - sd, mean - sd, mean, mean + sd, mean + sd, mean + sd, saturated, null, nonFinite);

    public static IEnumerable<LayerStatistics> Sds(string quantity, params double[] sds) => sds.Select((sd, k) => Row(0, k + 1, quantity, sd: sd));

    public static IEnumerable<LayerStatistics> Means(long update, params double[] means) =>
        means.Select((mean, k) => Row(update, k + 1, Quantity.Activation, mean, sd: mean / 10));
}
