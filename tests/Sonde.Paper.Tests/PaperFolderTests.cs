using System.Text.Json.Nodes;
using Sonde.Data.Fetching;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Running;
using Sonde.Studies;
using static Sonde.Paper.Tests.MadeUpRuns;

namespace Sonde.Paper.Tests;

/// <summary>From studies that are trained to the page, with networks of eight units.</summary>
public sealed class PaperFolderTests
{
    private static readonly string[] Tiny = ["data.side=16", "training.updates=4", "probe.every=2", "probe.examples=10", "evaluate.every=2",
        "evaluate.examples=40", "seeds=1", "network.hidden=8x5"];

    private static readonly IReadOnlyList<PaperItem> Claims = [.. PaperList.All.Where(item => item.Kind == ItemKind.Claim)];

    [Fact]
    public void TinyStudies_BecomeAPageWithAVerdictOnEachItem()
    {
        using var made = new MadeUpRuns();
        var runs = made.Runs;
        Train(runs, "paper/initialization", "network.activation=tanh");
        made.Add("paper/shapeset", PaperModel.Tanh, 100, 83.3, [.. AtUpdate(0, Quantity.Activation, sd: [0.31, 0.2], p98: [0.6, 0.3]),
            .. AtUpdate(100, Quantity.Activation, p98: [0.6, 0.3])]);
        (runs.Missing["paper/mnist"], runs.Missing["paper/cifar10"]) = ("MNIST is not here", "CIFAR-10 is not here");

        var shown = PaperFolder.Write(Claims, runs);

        Assert.Equal(Claims.Select(item => item.Name), shown.Select(item => item.Item.Name));
        Assert.NotEqual(Agreement.NotRun, Of(shown, "claim-gradients-shrink").Agreement);
        Assert.Equal(Agreement.DataMissing, Of(shown, "claim-similar-elsewhere").Agreement);
        Assert.Contains("There are no records of paper/early yet.", Of(shown, "claim-bias-first").Sentence, StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(runs.Directory, PaperFolder.Page));
        Assert.All(Claims, item => Assert.Contains($"id=\"{item.Name}\"", page, StringComparison.Ordinal));
        Assert.Contains("MNIST is not here", page, StringComparison.Ordinal);
        Assert.Contains("<p>Still open: update at which the 98th percentile of layer 1 reaches 0.9; ", page, StringComparison.Ordinal);
        Assert.Matches("[0-9]+ agrees? in order", page);
        Assert.DoesNotMatch("([2-9]|[0-9]{2}) (agrees in|differs[,.])", page);
        // The picture says most, so it comes first.
        var section = page[page.IndexOf("id=\"claim-sequential-saturation\"", StringComparison.Ordinal)..];
        Assert.True(section.IndexOf("<figure>", StringComparison.Ordinal) < section.IndexOf("class=\"readings\"", StringComparison.Ordinal),
            "Expected the picture above the table of readings.");
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(runs.Directory, PaperFolder.Json)))!;
        Assert.Equal(Claims.Count, json["items"]!.AsArray().Count);
        var pictures = shown.Sum(item => item.Pictures.Count);
        Assert.True(pictures > 0, "Expected a picture of the tanh network's activations, got none.");
        Assert.Equal(2 * pictures, Directory.GetFiles(Path.Combine(runs.Directory, "figures")).Length);
    }

    private static void Train(PaperRuns runs, string study, params IEnumerable<string> overrides)
    {
        var runner = new StudyRunner(
            StudyList.Open(study, [.. Tiny, .. overrides], PaperScale.Quick), runs.DirectoryOf(study),
                new() { Data = new DataFolder(null, null, "none"), Parallel = 1, Threads = 1 }, TimeProvider.System);
        runner.Train(CancellationToken.None);
        Assert.All(runner.Trials, trial => Assert.Equal(TrialStatus.Done, trial.Now.Status));
    }

    private static ItemResult Of(IReadOnlyList<ShownItem> shown, string name) => shown.Single(item => item.Item.Name == name).Result;
}
