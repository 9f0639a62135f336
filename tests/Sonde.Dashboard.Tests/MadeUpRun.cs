using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Diagnosis;
using Sonde.Probes;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Training;

namespace Sonde.Dashboard.Tests;

/// <summary>A run folder of known numbers: the test error of trial k at update u is 90 - 10 k - u / 20, and histograms hold 1, 2, ... counts.</summary>
internal sealed partial class MadeUpRun : IDisposable
{
    public const long Step = 100, Updates = 500;

    public const string Yaml = """
        study: made-up
        data: shapeset
        network: {hidden: 20x2, activation: [tanh, sigmoid], init: [standard, normalized]}
        training: {learningRate: 0.1, updates: 500}
        """;

    /// <summary>The same with numbers as targets.</summary>
    public const string OfNumbers = """
        study: numbers
        data: {name: arrays, path: numbers.csv, label: y, task: values}
        network: {hidden: 20x2, activation: [tanh, sigmoid], init: [standard, normalized], output: linear, cost: mse}
        training: {learningRate: 0.1, updates: 500}
        """;

    private readonly string parent = Path.GetFullPath(System.IO.Directory.CreateTempSubdirectory("sonde-watched-").FullName);

    public MadeUpRun(string yaml = Yaml, string name = "made-up")
    {
        Directory = Path.Combine(parent, name);
        Study = StudyFile.Parse(yaml, "t.yaml");
        RunFolder.Create(Directory, StudyFile.Write(Study));
    }

    public string Directory { get; }

    /// <summary>The folder around it.</summary>
    public string Parent => parent;

    public Study Study { get; }

    public IReadOnlyList<string> Ids => [.. Study.Trials.Select(trial => trial.Id)];

    /// <summary>A run whose four trials are done.</summary>
    /// <param name="yaml">The study.</param>
    /// <param name="name">The folder's name.</param>
    public static MadeUpRun Done(string yaml = Yaml, string name = "made-up")
    {
        var run = new MadeUpRun(yaml, name);
        for (var k = 0; k < run.Ids.Count; k++)
            run.End(k);
        return run;
    }

    public static double ErrorAt(int trial, long update) => 90 - 10 * trial - update / 20.0;

    /// <summary>Ends a trial with all its records.</summary>
    /// <param name="k">Which trial.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="message">Why; null for no reason.</param>
    /// <param name="answers">What it answered; null for ten answers of which half are wrong.</param>
    /// <param name="findings">What was said and withdrawn while it trained.</param>
    public void End(
        int k, string status = TrialStatus.Done, string? message = null, IReadOnlyList<Prediction>? answers = null, IReadOnlyList<Finding>? findings = null)
    {
        using var trial = Begin(k);
        foreach (var finding in findings ?? [])
            trial.Add(finding);
        for (long update = 0; update <= Updates; update += Step)
            Observe(trial, k, update);
        trial.Finish(status, Updates, status == TrialStatus.Done ? new(12, ErrorAt(k, Updates) - 1, 1, ErrorAt(k, Updates), 1) : null, message,
            status == TrialStatus.Done ? answers ?? [.. Enumerable.Range(0, 10).Select(i => new Prediction(i % 3, i % 2))] : null);
    }

    /// <summary>The answers of a network that takes every one of the first test examples for class 0.</summary>
    public static IReadOnlyList<Prediction> AlwaysClass0(int examples) =>
        [.. new ShapesetDataset().ReadFirst(examples, Split.Test, 1).Labels.Select(label => new Prediction(label, 0))];

    /// <summary>Begins a trial, which the caller holds.</summary>
    /// <param name="k">Which trial.</param>
    /// <param name="id">Its id; null for the study's.</param>
    public TrialFolder Begin(int k, string? id = null)
    {
        var setting = Study.Trials[k].Setting;
        return TrialFolder.Open(Directory, new()
        {
            Id = id ?? Study.Trials[k].Id, Study = Study.Name, Setting = setting.Flat, Seed = setting.Seed, Versions = new Dictionary<string, string>(),
            Machine = new Dictionary<string, string>(), Status = TrialStatus.Running, Updates = 0,
        }, new(TimeProvider.System))!;
    }

    /// <summary>Adds all rows of one update.</summary>
    public static void Observe(TrialFolder trial, int k, long update)
    {
        trial.Add(new CurvePoint(update, "test", 2, ErrorAt(k, update)));
        trial.Add(new CurvePoint(update, "validation", 2, ErrorAt(k, update) - 1));
        foreach (var quantity in (string[])[Quantity.Activation, Quantity.BackpropagatedGradient])
            for (var layer = 1; layer <= 3; layer++)
            {
                var sd = layer * 0.1 + update / 10_000.0;
                double? saturated = quantity == Quantity.Activation ? 0.25 : null;
                trial.Add(new LayerStatistics(update, layer, quantity, 100, 0, sd, -1, -2 * sd, -sd, 0, sd, 2 * sd, 1, saturated, null, 0));
                trial.Add(new LayerHistogram(update, layer, quantity, -1, 1, [.. Enumerable.Range(1, 10).Select(bin => (double)bin * layer + update)]));
            }
    }

    /// <summary>Makes a run of many trials: copies of one, which differ in id and learning rate alone.</summary>
    public static MadeUpRun Many(int trials, int points)
    {
        // Learning rates of six digits make as many ids as are needed.
        var run = new MadeUpRun("study: made-up\ndata: shapeset\nnetwork: {hidden: 20x2}\ntraining: {learningRate: 0.1, updates: 500}", "many");
        using (var trial = run.Begin(0))
        {
            for (var point = 0; point < points; point++)
                trial.Add(new CurvePoint(point * Updates / points, "test", 2, 90.0 - point));
            trial.Finish(TrialStatus.Done, Updates, new(12, 40, 1, 41, 1), null, null);
        }
        var from = Path.Combine(run.Directory, RunFolder.TrialsFolderName, run.Ids[0]);
        var text = File.ReadAllText(Path.Combine(from, RunFolder.ManifestFileName));
        var curve = File.ReadAllBytes(Path.Combine(from, "curve", "all.parquet"));
        Parallel.For(1, trials, k =>
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"trial-{k:00000}");
            var folder = System.IO.Directory.CreateDirectory(Path.Combine(run.Directory, RunFolder.TrialsFolderName, id)).FullName;
            System.IO.Directory.CreateDirectory(Path.Combine(folder, "curve"));
            File.WriteAllBytes(Path.Combine(folder, "curve", "all.parquet"), curve);
            var rate = (0.0001 * k).ToString(CultureInfo.InvariantCulture);
            var own = text.Replace($"\"{run.Ids[0]}\"", $"\"{id}\"", StringComparison.Ordinal)
                .Replace("\"training.learningRate\": \"0.1\"", $"\"training.learningRate\": \"{rate}\"", StringComparison.Ordinal)
                .Replace("\"testError\": 41", $"\"testError\": {40 + k % 50}", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(folder, RunFolder.ManifestFileName), Signed(own));
        });
        return run;
    }

    /// <summary>Changes a trial's manifest and gives it the digest of what it now is.</summary>
    public void Rewrite(string id, Func<string, string> change)
    {
        var path = PathOf(id, RunFolder.ManifestFileName);
        File.WriteAllText(path, Signed(change(File.ReadAllText(path))));
    }

    public string PathOf(string id, string file) => Path.Combine(Directory, RunFolder.TrialsFolderName, id, file);

    public void Dispose() => System.IO.Directory.Delete(parent, recursive: true);

    private static string Signed(string manifest)
    {
        var without = DigestLine().Replace(manifest, "\"digest\": \"\"");
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(without)));
        return without.Replace("\"digest\": \"\"", $"\"digest\": \"{digest}\"", StringComparison.Ordinal);
    }

    [GeneratedRegex("\"digest\": \"[0-9a-f]{64}\"")]
    private static partial Regex DigestLine();
}
