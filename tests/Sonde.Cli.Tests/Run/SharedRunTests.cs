using Sonde.Soak;

namespace Sonde.Cli.Tests.Run;

/// <summary>Several real processes on one run folder, some of them stopped, killed and continued.</summary>
public sealed class SharedRunTests(SharedRunTests.UnharmedRun unharmed) : IClassFixture<SharedRunTests.UnharmedRun>
{
    // Long enough to be stopped on the way.
    private const string Long = """
        study: long
        data: {name: shapeset, side: 16}
        network: {hidden: 30x2}
        training: {updates: 30000}
        probe: {every: 1000, examples: 20}
        evaluate: {every: 1000, examples: 20}
        checkpoint: {every: 200}
        variants: {tanh: }
        """;

    [Fact]
    public void ManyProcessesAtOnce_LoseNothingAndDoNothingTwice()
    {
        using var scratch = new Scratch();
        Assert.Equal("4 processes on 12 trials: 0 lost, done twice or damaged", new ShareSoak(scratch.Folder).Run(4, 12, TextWriter.Null).ToString());
    }

    /// <summary>All wrote the study under one temporary name, and some took the file of another, still empty, for a damaged one.</summary>
    [Fact]
    public void ProcessesStartedTogetherOnANewFolder_AllEndWell()
    {
        using var scratch = new Scratch();
        var soak = new ShareSoak(scratch.Folder);
        Assert.Equal("24 processes on 1 trials: 0 lost, done twice or damaged", soak.Run(24, 1, TextWriter.Null).ToString());
        Assert.Equal(["report.html", "study.yaml"], Directory.EnumerateFiles(soak.RunDirectory).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void KilledProcess_IsTakenOverAtOnceByExactlyOneOfThoseThatWait()
    {
        using var scratch = new Scratch();
        // Nobody takes over a process that is silent for a quarter of an hour: only one that is gone.
        Running Start() => Command.Start("run", unharmed.Study, "--threads", "1", "--out", scratch["out"], "--take-over", "1000");
        var killed = Start();
        killed.Until(() => RecordedNumbers.HasSaved(scratch["out"]));
        // On a loaded machine it would end before the others have begun to wait.
        killed.Signal("STOP");
        var waiting = Enumerable.Range(0, 2).Select(_ => Start()).ToList();
        waiting.ForEach(process => process.Until(() => process.Error.Contains("trains it; this process waits", StringComparison.Ordinal)));
        killed.Kill();
        killed.Finish();
        var ended = waiting.ConvertAll(process => process.Finish());
        Assert.All(ended, end => Assert.Equal(0, end.Code));
        Assert.Single(ended, end => end.Error.Contains("tanh-s1: resumes at update", StringComparison.Ordinal));
        Assert.Equal(("done", 2), (RecordedNumbers.StatusOf(scratch["out"]), RecordedNumbers.AttemptOf(scratch["out"])));
        RecordedNumbers.AssertSame(unharmed.Folder, scratch["out"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StoppedProcessThatComesBack_HarmsNothingThatTheNextOneWrote(bool afterTheEnd)
    {
        using var scratch = new Scratch();
        var stopped = Command.Start("run", unharmed.Study, "--threads", "1", "--out", scratch["out"], "--take-over", "1");
        stopped.Until(() => RecordedNumbers.HasSaved(scratch["out"]));
        stopped.Signal("STOP");
        var next = Command.Start("run", unharmed.Study, "--threads", "1", "--out", scratch["out"], "--take-over", "1");
        next.Until(() => next.Error.Contains("tanh-s1: resumes at update", StringComparison.Ordinal)
            && (!afterTheEnd || RecordedNumbers.StatusOf(scratch["out"]) == "done"));
        stopped.Signal("CONT");
        var (back, ended) = (stopped.Finish(), next.Finish());
        Assert.Equal((0, 0), (back.Code, ended.Code));
        Assert.Contains("attempt 1 of this process is gone: another process has taken over", back.Error);
        Assert.Equal(("done", 2), (RecordedNumbers.StatusOf(scratch["out"]), RecordedNumbers.AttemptOf(scratch["out"])));
        RecordedNumbers.AssertSame(unharmed.Folder, scratch["out"]);
        Assert.Equal(0, Command.Run("verify", scratch["out"]).Code);
    }

    /// <summary>The study, and a run of it that nobody disturbed.</summary>
    public sealed class UnharmedRun : IDisposable
    {
        private readonly Scratch scratch = new();

        public UnharmedRun()
        {
            Study = scratch.Write("long.yaml", Long);
            Assert.Equal(0, Command.Run("run", Study, "--threads", "1", "--out", Folder).Code);
        }

        public string Study { get; }

        public string Folder => scratch["whole"];

        public void Dispose() => scratch.Dispose();
    }
}
