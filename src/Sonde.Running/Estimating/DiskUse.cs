using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Tables;
using Sonde.Running.Workloads;
using Sonde.Studies;
using Sonde.Training;

namespace Sonde.Running.Estimating;

/// <summary>Bytes that a finished trial takes, from how many rows its tables will have and how large such rows are when written.</summary>
/// <param name="rows">What one look of the probes leaves.</param>
/// <param name="classes">Classes of the dataset.</param>
internal sealed class DiskUse(ObservationRows rows, int classes)
{
    private const int SampleObservations = 12;
    private const int SamplePredictions = 2000;

    // Of a spectrum, nearly all is its doubles, of which no two are alike.
    private const long SpectrumValue = sizeof(double);

    // trial.json, the checkpoint's state.json and headers: some thousands of bytes, next to nothing.
    private const long SmallFiles = 8000;

    private readonly TableSize layers = Measure(LayersTable.Instance, k => rows.Layers.Select(row => Varied(row, k)), SampleObservations);
    private readonly TableSize histograms = Measure(HistogramsTable.Instance, k => rows.Histograms.Select(row => Varied(row, k)), SampleObservations);
    private readonly TableSize curve = Measure(CurveTable.Instance, Points, SampleObservations);
    private readonly TableSize predictions = Measure(
        PredictionsTable.Instance, k => [new(k * 7919 % 104_729 % classes, k * 104_723 % 7919 % classes)], SamplePredictions);

    /// <summary>Bytes of a trial, figures aside.</summary>
    public long Of(Network network, TrialSetting setting, long testExamples)
    {
        var parameters = Enumerable.Range(1, network.Layers).Sum(layer => (network.FanIn(layer) + 1L) * network.FanOut(layer)) * sizeof(float);
        var singularValues = setting.Probe.MeasuredJacobians
            * Enumerable.Range(1, network.Depth).Sum(layer => (long)Math.Min(network.FanIn(layer), network.FanOut(layer)));
        var updates = setting.Plan.Updates - setting.Begin;
        var observations = Times(updates, setting.Probe.Every);
        // Of its checkpoints, a finished trial keeps the last.
        return SmallFiles + parameters + layers.Of(observations) + histograms.Of(observations) + observations * singularValues * SpectrumValue
            + curve.Of(Times(updates, setting.Plan.EvaluateEvery)) + predictions.Of(testExamples);
    }

    /// <summary>How often something falls due: at 0, at every multiple, and at the end.</summary>
    public static long Times(long updates, long every) => updates / every + 1 + (updates % every == 0 ? 0 : 1);

    /// <summary>Measures a table by writing one and several of its pieces into memory.</summary>
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

    // A later look has other numbers, which take as many bytes; equal ones would be packed into next to nothing.
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

    /// <summary>Bytes of a table with its first piece, and of each further one.</summary>
    private readonly record struct TableSize(double First, double Each)
    {
        public long Of(long pieces) => (long)(First + (pieces - 1) * Each);
    }
}
