using System.Text.Json;

namespace Sonde.Cli.Tests.Run;

public sealed class RunTests
{
    private const string Small = """
        # Two small networks
        study: small
        data: {name: shapeset, side: 16}
        network: {hidden: 30x3}
        training: {updates: 60}
        probe: {every: 20, examples: 20}
        evaluate: {every: 20, examples: 50}
        checkpoint: {every: 25}
        variants:
          tanh: {network: {activation: tanh}}
          normalized: {network: {activation: tanh, init: normalized}}
        """;

    // Long enough to be stopped on the way.
    private const string Long = """
        study: long
        data: {name: shapeset, side: 16}
        network: {hidden: 30x2}
        training: {updates: 8000}
        probe: {every: 2000, examples: 20}
        evaluate: {every: 2000, examples: 50}
        checkpoint: {every: 400}
        variants: {tanh: }
        """;

    [Fact]
    public void StudyRun_EndsWithTableVerdictsAndReport()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("small.yaml", Small);
        // As a process of its own, which first of all must start and find its libraries.
        var ended = Command.Start("run", study, "--out", scratch["out"]).Finish();
        Assert.Equal(0, ended.Code);
        Assert.DoesNotContain('\u001b', ended.Output + ended.Error);
        Assert.Contains("tanh-s1: 60/60 updates", ended.Error);
        Assert.Contains("saturated % by hidden layer", ended.Output);
        Assert.Matches(@"(?m)^normalized-s1: \S.*\.$", ended.Output);
        Assert.Contains(Path.Combine(scratch["out"], "report.html"), ended.Output);
        Assert.True(File.Exists(Path.Combine(scratch["out"], "report.html")));
        Assert.Contains("updates: 60", File.ReadAllText(Path.Combine(scratch["out"], "study.yaml")));

        var status = Command.Run("status", scratch["out"]);
        Assert.Equal((0, ""), (status.Code, status.Error));
        Assert.Contains("normalized-s1", status.Output);

        var report = Command.Run("report", scratch["out"], "--json");
        Assert.Equal(0, report.Code);
        using var document = JsonDocument.Parse(report.Output);
        Assert.All(document.RootElement.GetProperty("figures").EnumerateArray(), figure => Assert.True(File.Exists(figure.GetString())));
    }

    [Fact]
    public void JsonRun_PrintsOneDocumentOfTheAgreedShape()
    {
        using var scratch = new Scratch();
        var ended = Command.Run("run", scratch.Write("small.yaml", Small), "--out", scratch["out"], "--json");
        Assert.Equal(0, ended.Code);
        using var document = JsonDocument.Parse(ended.Output);
        var root = document.RootElement;
        Assert.Equal(("small", scratch["out"]), (root.GetProperty("study").GetString(), root.GetProperty("directory").GetString()));
        var trial = root.GetProperty("trials")[0];
        Assert.Equal(("tanh-s1", "done", 60),
            (trial.GetProperty("id").GetString(), trial.GetProperty("status").GetString(), trial.GetProperty("updates").GetInt64()));
        Assert.Equal("30x3", trial.GetProperty("setting").GetProperty("network.hidden").GetString());
        Assert.InRange(trial.GetProperty("testError").GetDouble(), 0, 100);
        Assert.InRange(trial.GetProperty("validationError").GetDouble(), 0, 100);
        Assert.InRange(trial.GetProperty("testCost").GetDouble(), 0, 100);
        Assert.True(trial.GetProperty("trainingSeconds").GetDouble() > 0);
    }

    [Fact]
    public void DryRun_ListsTrialsTimeAndDiskAndWritesNothing()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("small.yaml", Small);
        var text = Command.Run("run", study, "--out", scratch["out"], "--dry-run");
        Assert.Equal((0, ""), (text.Code, text.Error));
        Assert.Matches("(?m)^ *tanh-s1 +waiting +60 +[0-9]+ s +[0-9]+ kB", text.Output);
        Assert.Contains($"small: 2 trials, 120 updates left, into {scratch["out"]}\nAbout ", text.Output);
        Assert.False(Directory.Exists(scratch["out"]));

        var json = Command.Run("run", study, "--out", scratch["out"], "--dry-run", "--json", "--parallel", "2", "--threads", "1");
        Assert.Equal((0, ""), (json.Code, json.Error));
        using var document = JsonDocument.Parse(json.Output);
        var root = document.RootElement;
        Assert.Equal(("small", 120), (root.GetProperty("study").GetString(), root.GetProperty("updatesLeft").GetInt64()));
        Assert.Equal(["tanh-s1", "normalized-s1"], root.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("id").GetString()));
        Assert.Equal("30x3", root.GetProperty("trials")[0].GetProperty("setting").GetProperty("network.hidden").GetString());
        Assert.True(root.GetProperty("secondsLeft").GetDouble() > 0);
        Assert.Equal(root.GetProperty("bytes").GetInt64(), root.GetProperty("trials").EnumerateArray().Sum(trial => trial.GetProperty("bytes").GetInt64()));
    }

    [Fact]
    public void OneThreadOrTwoTrialsAtOnceOnTwoThreadsEach_EndInTheSameBytes()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("small.yaml", Small);
        Assert.Equal(0, Command.Run("run", study, "--out", scratch["one"], "--threads", "1").Code);
        Assert.Equal(0, Command.Run("run", study, "--out", scratch["both"], "--threads", "2", "--parallel", "2").Code);
        RecordedNumbers.AssertSame(scratch["one"], scratch["both"]);
    }

    [Fact]
    public void StoppedAndResumed_EndsInTheSameBytes()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("long.yaml", Long);
        Assert.Equal(0, Command.Run("run", study, "--threads", "1", "--out", scratch["whole"]).Code);

        var killed = Command.Start("run", study, "--threads", "1", "--out", scratch["killed"]);
        killed.Until(() => RecordedNumbers.HasSaved(scratch["killed"]));
        killed.Kill();
        killed.Finish();
        Assert.NotEqual("done", RecordedNumbers.StatusOf(scratch["killed"], "tanh-s1"));
        var resumed = Command.Run("run", study, "--threads", "1", "--out", scratch["killed"]);
        Assert.Equal(0, resumed.Code);
        Assert.Contains("tanh-s1: resumes at update", resumed.Error);
        RecordedNumbers.AssertSame(scratch["whole"], scratch["killed"]);

        foreach (var signal in (string[])["INT", "TERM"])
        {
            var stopped = Command.Start("run", study, "--threads", "1", "--out", scratch[signal]);
            stopped.Until(() => RecordedNumbers.HasSaved(scratch[signal]));
            stopped.Signal(signal);
            var end = stopped.Finish();
            Assert.Equal(130, end.Code);
            Assert.Contains("interrupted; everything is saved", end.Error);
            Assert.Equal("interrupted", RecordedNumbers.StatusOf(scratch[signal], "tanh-s1"));
            Assert.Equal(0, Command.Run("run", study, "--threads", "1", "--out", scratch[signal]).Code);
            RecordedNumbers.AssertSame(scratch["whole"], scratch[signal]);
        }
    }

    [Fact]
    public void SecondSignal_EndsAtOnceAndSaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var scratch = new Scratch();
        var stopped = Command.Start("run", scratch.Write("long.yaml", Long), "--threads", "1", "--out", scratch["out"]);
        stopped.Until(() => RecordedNumbers.HasSaved(scratch["out"]));
        // Both arrive before it can save.
        foreach (var signal in (string[])["STOP", "INT", "TERM", "CONT"])
            stopped.Signal(signal);
        var end = stopped.Finish();
        Assert.InRange(end.Code, 129, 143);
        Assert.EndsWith("sonde: ended at once by a second signal; only what was saved before it counts\n", end.Error);
        Assert.Equal("running", RecordedNumbers.StatusOf(scratch["out"], "tanh-s1"));
    }

    [Fact]
    public void SignalBeforeTheFirstTrial_IsAnInterruptionToo()
    {
        using var scratch = new Scratch();
        var stopped = Command.Start("run", scratch.Write("long.yaml", Long), "--threads", "1", "--out", scratch["out"]);
        stopped.Until(() => stopped.Error.Contains("long: 1 trial into ", StringComparison.Ordinal));
        stopped.Signal("TERM");
        var end = stopped.Finish();
        Assert.Equal(130, end.Code);
        Assert.Contains("interrupted; everything is saved", end.Error);
    }

    [Fact]
    public void SameCommandAgain_TrainsNothingMore()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("small.yaml", Small);
        Assert.Equal(0, Command.Run("run", study, "--out", scratch["out"]).Code);
        var before = File.ReadAllText(Path.Combine(scratch["out"], "trials", "tanh-s1", "trial.json"));
        var report = Path.Combine(scratch["out"], "report.html");
        var drawn = File.GetLastWriteTimeUtc(report);
        var again = Command.Run("run", study, "--out", scratch["out"]);
        Assert.Equal(0, again.Code);
        Assert.Contains($"{report}: no trial has changed since it was drawn; 'sonde report {scratch["out"]}' draws it again\n", again.Error);
        Assert.Equal(drawn, File.GetLastWriteTimeUtc(report));
        // A trial that another process finished since is to be in the report.
        File.SetLastWriteTimeUtc(report, File.GetLastWriteTimeUtc(Path.Combine(scratch["out"], "trials", "tanh-s1", "trial.json")).AddSeconds(-1));
        Assert.DoesNotContain("no trial has changed", Command.Run("run", study, "--out", scratch["out"]).Error);
        File.Delete(report);
        Assert.Equal(0, Command.Run("run", study, "--out", scratch["out"]).Code);
        Assert.True(File.Exists(report));
        Assert.Equal(before, File.ReadAllText(Path.Combine(scratch["out"], "trials", "tanh-s1", "trial.json")));
    }

    [Fact]
    public void FolderOfAnotherStudy_IsRefusedWithTheDifference()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("small.yaml", Small);
        Assert.Equal(0, Command.Run("run", study, "--out", scratch["out"]).Code);
        var ended = Command.Run("run", study, "--out", scratch["out"], "--set", "training.updates=80");
        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Equal($"sonde: {scratch["out"]} already holds this study with training.updates 60 in tanh-s1; you asked for 80. "
            + $"Add --more-updates 20 to continue it, or --out {scratch["out"]}-80 to keep both.\n", ended.Error);
    }

    [Fact]
    public void FolderWithOtherFiles_IsRefused()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("small.yaml", Small);
        var ended = Command.Run("run", study, "--out", scratch.Folder);
        Assert.Equal(2, ended.Code);
        Assert.Contains("expected a new or empty folder, or a run folder", ended.Error);
    }

    [Theory]
    [InlineData("[0.01, 1e30]")]
    [InlineData("[1e30, 1e35]")]
    public void DivergedTrial_IsSaidAndGivesCode3EvenIfNoOtherFinishes(string rates)
    {
        using var scratch = new Scratch();
        var study = scratch.Write("d.yaml", $$"""
            study: diverging
            data: {name: shapeset, side: 16}
            network: {hidden: 10x2, activation: relu}
            training: {updates: 20, learningRate: {{rates}}}
            probe: {every: 10, examples: 10}
            evaluate: {every: 10, examples: 20}
            """);
        var ended = Command.Run("run", study, "--out", scratch["out"]);
        Assert.Equal(3, ended.Code);
        Assert.Contains("The trial diverged: ", ended.Output);
        // The verdict once said it twice: as the trial's message and as a finding.
        Assert.Equal(rates.Split("1e3").Length - 1, ended.Output.Split("became non-finite at update ").Length - 1);
        Assert.Equal("diverged", RecordedNumbers.StatusOf(scratch["out"], "relu-standard-lr1e+30-s1"));
    }
}
