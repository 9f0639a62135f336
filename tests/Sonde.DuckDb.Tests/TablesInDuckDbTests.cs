using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.DuckDb.Tests;

public sealed class TablesInDuckDbTests : IDisposable
{
    private static readonly double[] Doubles =
        [1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, double.Epsilon, double.MaxValue, Math.PI];

    private static readonly CurvePoint[] Curve = [.. Doubles.Select((value, i) =>
        new CurvePoint(i * 5_000_000_000, i % 2 == 0 ? "train" : "test", value, i) { Rmse = i % 2 == 0 ? null : value, Mae = i % 3 == 0 ? null : value })];

    private static readonly LayerStatistics[] Layers = [.. Doubles.Select((value, i) => new LayerStatistics(
        i, i + 1, i % 2 == 0 ? Quantity.Weight : Quantity.Activation, 1L << 40, value, i + 0.1, i + 0.2, i + 0.3, i + 0.4, i + 0.5, i + 0.6, i + 0.7, i + 0.8,
        i % 3 == 0 ? null : value, i % 2 == 0 ? null : 0.25, i))];

    private static readonly LayerHistogram[] Histograms = [.. Doubles.Select((value, i) => new LayerHistogram(
        i, i + 1, Quantity.Activation, -1, value, i == 2 ? [] : [value, i, 0.5]))];

    private static readonly Network Network = new(2, [2], 2, ActivationList.All[0], InitializerList.WithoutSetting[0], CostList.All[0]);

    private static readonly TrialManifest Manifest = new()
    {
        Id = "tanh-s1", Study = "sample", Setting = new Dictionary<string, string>(), Seed = 1, Versions = new Dictionary<string, string>(),
        Machine = new Dictionary<string, string>(), Status = TrialStatus.Running, Updates = 0,
    };

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-duckdb-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Curve_ReadsBackEveryValue()
    {
        var path = Write(CurveTable.Instance, Curve);
        Assert.Equal("update BIGINT, split VARCHAR, cost DOUBLE, error DOUBLE, rmse DOUBLE, mae DOUBLE", Duck.Columns(path));
        var rows = Duck.Query($"select * from read_parquet('{path}')").Select(Point).ToList();
        Assert.Equal(Curve, rows);
        Assert.Equal(Curve.Select(r => double.IsNegative(r.Cost)), rows.Select(r => double.IsNegative(r.Cost)));
    }

    [Fact]
    public void Layers_ReadBackEveryValueWithNulls()
    {
        var path = Write(LayersTable.Instance, Layers);
        Assert.Equal("update BIGINT, layer INTEGER, quantity VARCHAR, count BIGINT, mean DOUBLE, sd DOUBLE, min DOUBLE, p2 DOUBLE, p25 DOUBLE, p50 DOUBLE, p75 "
            + "DOUBLE, "
            + "p98 DOUBLE, max DOUBLE, saturated DOUBLE, dead DOUBLE, nonFinite BIGINT", Duck.Columns(path));
        Assert.Equal(Layers, Duck.Query($"select * from read_parquet('{path}')").Select(Statistics));
    }

    [Fact]
    public void Histograms_ReadBackEveryCount()
    {
        var path = Write(HistogramsTable.Instance, Histograms);
        Assert.Equal("update BIGINT, layer INTEGER, quantity VARCHAR, low DOUBLE, high DOUBLE, counts DOUBLE[]", Duck.Columns(path));
        CheckHistograms(Histograms, Duck.Query($"select * from read_parquet('{path}')"));
    }

    [Fact]
    public void Spectra_ReadBackEveryValue()
    {
        LayerSpectrum[] spectra = [new(0, 1, Quantity.Jacobian, Doubles), new(0, 2, Quantity.Jacobian, []), new(7, 1, Quantity.Jacobian, [0.5])];
        var path = Write(SpectraTable.Instance, spectra);
        Assert.Equal("update BIGINT, layer INTEGER, quantity VARCHAR, values DOUBLE[]", Duck.Columns(path));
        var rows = Duck.Query($"select * from read_parquet('{path}')");
        Assert.Equal(spectra.Select(s => (s.Update, s.Layer, s.Quantity)), rows.Select(r => ((long)r[0]!, (int)r[1]!, (string)r[2]!)));
        Assert.Equal(spectra.Select(s => s.Values), rows.Select(r => ((List<double>)r[3]!).ToArray()));
    }

    [Fact]
    public void Predictions_ReadBack()
    {
        Prediction[] predictions = [new(3, 8), new(0, 0)];
        var path = Write(PredictionsTable.Instance, predictions);
        Assert.Equal("label INTEGER, predicted INTEGER", Duck.Columns(path));
        Assert.Equal(predictions, Duck.Query($"select * from read_parquet('{path}')").Select(r => new Prediction((int)r[0]!, (int)r[1]!)));
    }

    [Fact]
    public void EmptyTables_HaveTheirColumns()
    {
        Assert.Empty(Duck.Query($"select update, counts from read_parquet('{Write(HistogramsTable.Instance, [])}')"));
        Assert.Empty(Duck.Query($"select nonFinite, dead from read_parquet('{Write(LayersTable.Instance, [])}')"));
        Assert.Empty(Duck.Query($"select split from read_parquet('{Write(CurveTable.Instance, [])}')"));
    }

    [Theory]
    [InlineData("cost > 3", 4)] // NaN is the largest number to DuckDB
    [InlineData("cost < 0", 1)]
    [InlineData("isnan(cost)", 1)]
    [InlineData("cost = 0", 2)]
    [InlineData("update >= 40000000000", 1)]
    [InlineData("split = 'test'", 4)]
    public void FilterThatStatisticsCouldSkip_FindsItsRows(string condition, int count)
    {
        // Minima and maxima in a file that leave NaN or the sign of zero out would make a reader skip rows it should see.
        foreach (var rows in new CurvePoint[][] { Curve, [.. Curve.Reverse()], [.. Curve.OrderBy(row => row.Cost)] })
        {
            var path = Write(CurveTable.Instance, rows);
            Assert.Equal((long)count, Duck.Query($"select count(*) from read_parquet('{path}') where {condition}")[0][0]);
        }
    }

    [Fact]
    public void Trial_ReadsTheSameAsPartsAndCompacted()
    {
        var trialFolder = Path.Combine(folder, "trials", "tanh-s1");
        using var trial = TrialFolder.Open(folder, Manifest, new(TimeProvider.System))!;
        for (var i = 0; i < Doubles.Length; i++)
        {
            trial.Add(Curve[i] with { Update = i });
            trial.Add(Layers[i]);
            trial.Add(Histograms[i]);
            if (i % 3 == 2)
                trial.SaveScheduled(new(i, "reference", Parameters.Initialize(Network, 1), new OptimizerState([]), default, 0));
        }
        Assert.Equal(3, Directory.GetFiles(Path.Combine(trialFolder, "layers")).Length);
        CheckTrial(trialFolder);
        trial.Finish(TrialStatus.Done, 9);
        Assert.Equal("all.parquet", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(trialFolder, "layers")))));
        CheckTrial(trialFolder);
    }

    private static void CheckTrial(string trial)
    {
        static string All(string table) => $"select * from read_parquet('{table}/*.parquet') order by update";
        Assert.Equal(
            Curve.Select((row, i) => row with { Update = i }),
            Duck.Query(All(trial + "/curve")).Select(Point));
        Assert.Equal(Layers, Duck.Query(All(trial + "/layers")).Select(Statistics));
        CheckHistograms(Histograms, Duck.Query(All(trial + "/histograms")));
    }

    private string Write<TRow>(Table<TRow> table, IReadOnlyList<TRow> rows)
    {
        var path = Path.Combine(folder, table.Name + ".parquet");
        table.Write(path, rows);
        return path;
    }

    private static CurvePoint Point(object?[] row) =>
        new((long)row[0]!, (string)row[1]!, (double)row[2]!, (double)row[3]!) { Rmse = (double?)row[4], Mae = (double?)row[5] };

    private static LayerStatistics Statistics(object?[] r) => new(
        (long)r[0]!, (int)r[1]!, (string)r[2]!, (long)r[3]!, (double)r[4]!, (double)r[5]!, (double)r[6]!, (double)r[7]!, (double)r[8]!, (double)r[9]!,
            (double)r[10]!,
        (double)r[11]!, (double)r[12]!, (double?)r[13], (double?)r[14], (long)r[15]!);

    private static void CheckHistograms(IReadOnlyList<LayerHistogram> expected, IReadOnlyList<object?[]> rows)
    {
        Assert.Equal(
            expected.Select(h => (h.Update, h.Layer, h.Quantity, h.Low, h.High)),
            rows.Select(r => ((long)r[0]!, (int)r[1]!, (string)r[2]!, (double)r[3]!, (double)r[4]!)));
        Assert.Equal(expected.Select(h => h.Counts), rows.Select(r => ((List<double>)r[5]!).ToArray()));
    }
}
