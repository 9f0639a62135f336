using System.Text.RegularExpressions;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Records.Compacting;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.DuckDb.Tests;

/// <summary>The SQL of docs/reading-runs.md, run on a run folder with two finished trials, a diverged one and one under way.</summary>
public sealed partial class ReadingRunsTests : IDisposable
{
    private const string Documented = "runs/first-look";

    private static readonly string[] Trials = ["softsign-s1", "tanh-s1", "tanh-s2"];

    private static readonly Network Network = new(2, [2], 2, ActivationList.All[0], InitializerList.WithoutSetting[0], CostList.All[0]);

    private static readonly TrialResult None = new(1, double.NaN, double.NaN, double.NaN, double.NaN);

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-reading-").FullName;

    public ReadingRunsTests()
    {
        RunFolder.Create(folder, "study: first-look\n");
        for (var k = 0; k < Trials.Length; k++)
            Write(Trials[k], k, isDone: k < 2);
        using var diverged = TrialFolder.Open(folder, Manifest("relu-s1"), new(TimeProvider.System))!;
        diverged.Finish(TrialStatus.Diverged, 3, None, "cost became non-finite");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void EveryQuestion_IsAnsweredInAllThreeLanguages()
    {
        // Each section that asks a question has three queries; the others are about one tool alone.
        var sections = Document().Split("\n## ").Where(section => section.Contains("```sql\n", StringComparison.Ordinal)
            && section.Contains("```r\n", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, sections.Count);
        Assert.All(sections, section => Assert.Equal(["sql", "python", "r"], Fence().Matches(section).Select(fence => fence.Groups[1].Value)));
    }

    [Fact]
    public void CompactedTables_AreReadInOneGlob()
    {
        var run = RunFolder.Open(folder);
        new StudyCompaction(run).Run(new(TimeProvider.System, TimeSpan.Zero), _ => { }, CancellationToken.None);
        var query = CommandLine().Match(Document()).Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal);
        Assert.Equal([["softsign-s1", 20L], ["tanh-s1", 20L]], Duck.Query(query.Replace("runs/grid", folder) + " order by trial"));
        Assert.Equal(2L * 9, Duck.Query($"select count(*) from '{folder}/tables/layers/*.parquet' where quantity = 'activation'").Single()[0]);
        Assert.Equal(["trial VARCHAR", "label INTEGER", "predicted INTEGER"], Duck.Columns($"{folder}/tables/predictions/*.parquet").Split(", "));
    }

    [Fact]
    public void FinalErrors_AreThoseOfTrialJson()
    {
        var rows = Answer("The final errors of all trials");
        Assert.Equal(["tanh-s1", "softsign-s1", "relu-s1", "tanh-s2"], rows.Select(row => row[0]));
        Assert.Equal(["done", "tanh", "normalized", 29.0, 19.0], rows[0][1..]);
        Assert.Equal(["diverged", "relu", "normalized", double.NaN, double.NaN], rows[2][1..]);
        Assert.Equal(["running", "tanh", "normalized", null, null], rows[3][1..]);
    }

    [Fact]
    public void Gradients_HaveAColumnForEachLayer()
    {
        var rows = Answer("How back-propagated gradients change over updates, layer by layer");
        var updates = Trials.SelectMany(trial => new[] { 0L, 10L, 20L }.Select(update => (trial, update)));
        Assert.Equal(updates, rows.Select(row => ((string)row[0]!, (long)row[1]!)));
        Assert.Equal([Gradient(1, 10, 1), Gradient(1, 10, 2), Gradient(1, 10, 3)], rows[4][2..]);
    }

    [Fact]
    public void Saturation_SaysWhenEachHiddenLayerReachesHalf()
    {
        var rows = Answer("When half of each hidden layer is saturated for the first time");
        // The share is (update + 10 layer) / 40; softsign's is half of that.
        Assert.Equal(["softsign-s1", 1, null, 0.375], rows[0]);
        Assert.Equal(["softsign-s1", 2, 20L, 0.5], rows[1]);
        Assert.Equal([["tanh-s1", 1, 10L, 0.75], ["tanh-s1", 2, 0L, 1.0], ["tanh-s2", 1, 10L, 0.75], ["tanh-s2", 2, 0L, 1.0]], rows.Skip(2));
    }

    [Fact]
    public void Predictions_AreCountedByClass()
    {
        var rows = Answer("Which classes the network confuses at the end");
        Assert.Equal([["softsign-s1", 0, 1L, 1L], ["softsign-s1", 1, 0L, 1L], ["tanh-s1", 0, 1L, 1L], ["tanh-s1", 1, 0L, 1L]], rows);
    }

    private IReadOnlyList<object?[]> Answer(string question)
    {
        var section = Assert.Single(Document().Split("\n## "), section => section.StartsWith(question + "\n", StringComparison.Ordinal));
        return Duck.Query(Fence().Match(section).Groups[2].Value.Replace(Documented, folder));
    }

    private void Write(string id, int k, bool isDone)
    {
        using var trial = TrialFolder.Open(folder, Manifest(id), new(TimeProvider.System))!;
        foreach (var update in (long[])[0, 10, 20])
        {
            trial.Add(new CurvePoint(update, "test", 1, 30 - update));
            for (var layer = 1; layer <= 3; layer++)
            {
                trial.Add(Row(update, layer, Quantity.BackpropagatedGradient, Gradient(k, update, layer), null));
                trial.Add(Row(update, layer, Quantity.Activation, 1, layer == 3 ? null : (update + 10 * layer) / (k == 0 ? 80.0 : 40)));
            }
            if (!isDone)
                trial.SaveScheduled(new(update, "reference", Parameters.Initialize(Network, 1), new OptimizerState([]), default, 0));
        }
        if (isDone)
            trial.Finish(TrialStatus.Done, 20, new(1, 30 - k, 1, 20 - k, 1), predictions: [new(0, 0), new(0, 1), new(1, 1)]);
    }

    private static TrialManifest Manifest(string id) => new()
    {
        Id = id, Study = "first-look", Seed = 1,
        Setting = new Dictionary<string, string> { ["network.activation"] = id.Split('-')[0], ["network.init"] = "normalized" },
        Versions = new Dictionary<string, string>(), Machine = new Dictionary<string, string>(), Status = TrialStatus.Running, Updates = 0,
    };

    private static double Gradient(int trial, long update, int layer) => trial + update / 100.0 + layer * 0.001;

    private static LayerStatistics Row(long update, int layer, string quantity, double sd, double? saturated) =>
        new(update, layer, quantity, 1, 0, sd, 0, 0, 0, 0, 0, 0, 0, saturated, null, 0);

    private static string Document()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sonde.slnx")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException("Expected Sonde.slnx above the test binary, found none. Run the tests from a checkout.");
        return File.ReadAllText(Path.Combine(folder, "docs", "reading-runs.md"));
    }

    [GeneratedRegex(@"```(\w+)\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("""duckdb -c "(.*)"\n""")]
    private static partial Regex CommandLine();
}
