using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Records.Tests;

/// <summary>A small trial whose rows and parameters are functions of the update alone, as a real one's are.</summary>
internal static class SampleTrial
{
    public const long CheckpointEvery = 100;

    /// <summary>The last update, at which a trainer saves as well.</summary>
    public const long Last = 330;

    public static readonly Network Network = new(4, [3, 2], 2, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.All[0]);

    public static TrialManifest Manifest(string id = "tanh-s1") => new()
    {
        Id = id, Study = "sample", Setting = new Dictionary<string, string> { ["network.activation"] = "tanh", ["training.learningRate"] = "0.01" }, Seed = 1,
        Versions = new Dictionary<string, string> { ["sonde"] = "0.1.0" }, Machine = new Dictionary<string, string> { ["cores"] = "2" },
        Status = TrialStatus.Running, Updates = 0,
    };

    /// <summary>Opens the trial as the only process does.</summary>
    public static TrialFolder Open(string runDirectory, string id = "tanh-s1") => TrialFolder.Open(runDirectory, Manifest(id), new(TimeProvider.System))!;

    public static Checkpoint Checkpoint(long update)
    {
        var parameters = Parameters.Initialize(Network, (ulong)update);
        parameters.Layers[0].Biases[0] = float.NaN;
        var state = new OptimizerState(Network, ["velocity"]) { Steps = Math.Max(0, update - 1) };
        state.Memory[0].Layers[1].Biases[0] = -0f;
        state.Memory[0].Layers[2].Weights[1] = update;
        return new(update, "reference", parameters, state, new(0.1 + update, update, 7), update / 3.0);
    }

    /// <summary>Records what is due after each update up to one, then saves what is due.</summary>
    public static void Train(TrialFolder trial, long from, long to)
    {
        for (var update = from; update <= to; update++)
        {
            if (update % 10 == 0)
                Observe(trial, update);
            if (update % 50 == 0)
                trial.Add(new CurvePoint(update, "test", 1.0 / update, double.NaN));
            if (update > 0 && (update % CheckpointEvery == 0 || update == Last))
                trial.SaveScheduled(Checkpoint(update));
        }
    }

    public static void Finish(TrialFolder trial, long updates) =>
        trial.Finish(TrialStatus.Done, updates, new(1.5, double.NaN, 2, 3, 4), predictions: [new(0, 1), new(1, 1)]);

    /// <summary>Every row of a trial in words.</summary>
    public static IReadOnlyList<string> Rows(RecordedTrial trial) =>
        [.. trial.Curve.Select(SampleRows.Text), .. trial.Layers.Select(SampleRows.Text), .. trial.Histograms.Select(SampleRows.Text),
            .. trial.Spectra.Select(SampleRows.Text)];

    private static void Observe(TrialFolder trial, long update)
    {
        for (var layer = 1; layer <= 3; layer++)
            foreach (var quantity in new[] { Quantity.Weight, Quantity.Activation })
            {
                var value = Math.Sin(update + layer);
                trial.Add(new LayerStatistics(update, layer, quantity, 12, value, 1, -1, -1, -0.5, 0, 0.5, 1, 1, quantity == Quantity.Weight ? null
                    : 0.5, null, 0));
                trial.Add(new LayerHistogram(update, layer, quantity, -1, 1, [value, update, 0.25]));
            }
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    // In memory where the system has a place for that: these tests flush to disk some hundred thousand times.
    private static readonly string Above = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
    private static int made;

    public string Path { get; } =
        Directory.CreateDirectory(System.IO.Path.Combine(Above, $"sonde-records-{Environment.ProcessId}-{Interlocked.Increment(ref made)}")).FullName;

    public string Trial(string id = "tanh-s1") => System.IO.Path.Combine(Path, "trials", id);

    /// <summary>Every file below, by path from here, with its content; of <c>trial.json</c> all but how many attempts it took, and its digest.</summary>
    public IReadOnlyDictionary<string, string> Files(string below = "") =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Path, below), "*", SearchOption.AllDirectories)
        .OrderBy(p => p, StringComparer.Ordinal).ToDictionary(p => System.IO.Path.GetRelativePath(Path, p), Content);

    private static string Content(string path) => System.IO.Path.GetFileName(path) != "trial.json" ? Convert.ToHexString(File.ReadAllBytes(path))
        : string.Join('\n', File.ReadLines(path).Where(line => !line.Contains("\"attempt\":") && !line.Contains("\"digest\":")));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
