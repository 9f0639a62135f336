using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Tables;
using Sonde.Running.Workloads;
using Sonde.Studies;
using Sonde.Training;

namespace Sonde.Running.Estimating;

/// <summary>Estimates the bytes of a finished trial, from the number of rows of its tables and the size of such rows when written.</summary>
/// <param name="rows">The rows of one observation of the probes.</param>
/// <param name="classes">Classes of the dataset.</param>
internal sealed class DiskUse(ObservationRows rows, int classes)
{
    private const int SampleObservations = 12;
    private const int SamplePredictions = 2000;

    // Nearly all bytes of a spectrum are its doubles, and no two of them are equal.
    private const long SpectrumValue = sizeof(double);

    // trial.json, the checkpoint's state.json and headers.
    private const long SmallFiles = 8000;

    private readonly TableSize layers = Measure(LayersTable.Instance, k => rows.Layers.Select(row => Varied(row, k)), SampleObservations);
    private readonly TableSize histograms = Measure(HistogramsTable.Instance, k => rows.Histograms.Select(row => Varied(row, k)), SampleObservations);
    private readonly TableSize curve = Measure(CurveTable.Instance, Points, SampleObservations);
    private readonly TableSize predictions = Measure(
        PredictionsTable.Instance, k => [new(k * 7919 % 104_729 % classes, k * 104_723 % 7919 % classes)], SamplePredictions);

    /// <summary>Estimates the bytes of a trial without figures.</summary>
    public long BytesOf(Network network, TrialSetting setting, long testExamples)
    {
        var parameters = Enumerable.Range(1, network.Layers).Sum(layer => (network.FanIn(layer) + 1L) * network.FanOut(layer)) * sizeof(float);
        var singularValues = setting.Probe.MeasuredJacobians
            * Enumerable.Range(1, network.Depth).Sum(layer => (long)Math.Min(network.FanIn(layer), network.FanOut(layer)));
        var updates = setting.Plan.Updates - setting.Begin;
        var observations = Times(updates, setting.Probe.Every);
        // A finished trial keeps its last checkpoint.
        return SmallFiles + parameters + layers.BytesOf(observations) + histograms.BytesOf(observations) + observations * singularValues * SpectrumValue
            + curve.BytesOf(Times(updates, setting.Plan.EvaluateEvery)) + predictions.BytesOf(testExamples);
    }

    /// <summary>Counts how often something is due: at 0, at every multiple, and at the end.</summary>
    public static long Times(long updates, long every) => updates / every + 1 + (updates % every == 0 ? 0 : 1);

    /// <summary>Measures the size of a table by writing one piece and several pieces into memory.</summary>
    private static TableSize Measure<TRow>(Table<TRow> table, Func<int, IEnumerable<TRow>> piece, int sample)
    {
        double Written(int count)
        {
            using var file = new MemoryStream();
            table.Write(file, [.. Enumerable.Range(0, count).SelectMany(piece)]);
            return file.Length;
        }

        var first = Written(1);
        return new(first, (Written(sample) - first) / (sample - 1));
    }

    private static CurvePoint[] Points(int k) =>
        [new(k, "train", Math.Sqrt(k), Math.Sin(k)), new(k, "validation", Math.Cbrt(k), Math.Cos(k)), new(k, "test", Math.Exp(-k), Math.Tan(k))];

    // Each observation has its own numbers. Equal ones would be compressed to almost nothing.
    private static LayerStatistics Varied(LayerStatistics row, int k)
    {
        var by = Factor(k);
        return new(k, row.Layer, row.Quantity, row.Count, row.Mean * by, row.Sd * by, row.Min * by, row.P2 * by, row.P25 * by, row.P50 * by, row.P75 * by,
            row.P98 * by, row.Max * by, row.Saturated + k / 1e6, row.Dead, row.NonFinite);
    }

    private static LayerHistogram Varied(LayerHistogram row, int k)
    {
        var by = Factor(k);
        var counts = Array.ConvertAll(row.Counts, count => double.IsInteger(count) ? Math.Round(count * by) : count * by);
        return new(k, row.Layer, row.Quantity, row.Low * by, row.High * by, counts);
    }

    private static double Factor(int k) => 1 + k / Math.PI;

    /// <summary>The bytes of a table with its first piece, and of each further one.</summary>
    private readonly record struct TableSize(double First, double Each)
    {
        public long BytesOf(long pieces) => (long)(First + (pieces - 1) * Each);
    }
}
