using Sonde.Records.Trials;
using Sonde.Studies.Errors;

namespace Sonde.Running.Tests;

/// <summary>What a study needs of its data and its networks, checked before anything is written.</summary>
public sealed class RefusedStudyTests : TinyRuns
{
    [Fact]
    public void NetworkThatCannotBePretrained_IsRefusedBeforeAnythingIsWritten()
    {
        var refused = Assert.Throws<StudyException>(() => Runner(Text, "pretraining.method=denoising-autoencoder", "network.activation=relu"));
        Assert.Equal("pretraining.method: expected an activation with two limits, which cross-entropy needs, got relu. Use pretraining.cost: "
            + "squared-distance, or another activation.", refused.Message);
        Assert.False(Directory.Exists(Path.Combine(Folder, "run")));
    }

    [Fact]
    public void ADefaultOfMoreProbeExamplesThanTestExamples_GivesWay()
    {
        File.WriteAllText(Path.Combine(Folder, "own.csv"), "x,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i % 2}\n")));
        const string text = "study: tiny\nnetwork: {hidden: 3x1}\ntraining: {updates: 20}\n";
        var runner = Runner(text, $"data={{name: arrays, path: {Folder}/own.csv, validation: 15, test: 15}}");
        Assert.Contains("probes observe 15 examples, all test examples of arrays", Notices);
        runner.Train(CancellationToken.None);
        var trial = runner.Run.ReadTrial(Assert.Single(runner.Trials).Trial.Id);
        Assert.Equal("done", trial.Manifest.Status);
        Assert.Equal(45, trial.Layers.First(row => row is { Layer: 1, Quantity: "activation" }).Count);
        Assert.StartsWith("probe.examples: expected at least one mini-batch of 10 test examples to observe, arrays has 9.",
            Assert.Throws<StudyException>(() => Runner(text, $"data={{name: arrays, path: {Folder}/own.csv, validation: 9, test: 9}}")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void MoreProbeExamplesThanTestExamples_AreRefused()
    {
        File.WriteAllText(Path.Combine(Folder, "own.csv"), "x,label\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 2}\n")));
        string Message(int test, params string[] more) => Assert.Throws<StudyException>(
            () => Runner(Text, [$"data={{name: arrays, path: {Folder}/own.csv, validation: 9, test: {test}}}", .. more])).Message;
        Assert.Equal("probe.examples: expected at most 12, as many test examples as arrays has, got 13. Probe fewer, or set more aside for the test.",
            Message(12, "probe.examples=13"));
        // To probe fewer than a mini-batch would be refused as well.
        Assert.Equal("probe.examples: expected at least one mini-batch of 10 test examples to observe, arrays has 9. Set more aside for the test, or make the "
            + "batch smaller.", Message(9, "training.batch=10"));
    }

    [Fact]
    public void DataThatChanged_AreRefusedAndThoseOfBeforeGoOn()
    {
        void Write(int second) => File.WriteAllText(Path.Combine(Folder, "own.csv"),
            "x,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i == 1 ? second : i)},{i % 2}\n")));
        StudyRunner Own() => Runner(Text, $"data={{name: arrays, path: {Folder}/own.csv, validation: 20, test: 20}}");
        Write(1);
        Own().Train(CancellationToken.None);
        Write(7);
        Assert.Matches("^arrays: expected the examples that tanh-standard-lr0.01-s1 began with, SHA-256 [0-9a-f]{64}, got others, SHA-256 [0-9a-f]{64}. "
            + "Restore the files as they were, or run into another folder with --out.$", Assert.Throws<StudyException>(Own).Message);
        Write(1);
        Assert.All(Own().Trials, trial => Assert.Equal(TrialStatus.Done, trial.Now.Status));
    }

    [Fact]
    public void ArraysWithoutAPath_AreRefused() =>
        Assert.Equal("t.yaml:2:14: data.path: expected a folder or a file, which arrays needs, got nothing. Add 'path: ...' beside the name.",
        Assert.Throws<StudyException>(() => Runner("study: s\ndata: {name: arrays, test: 1}")).Message);
}
