using Sonde.Soak;

namespace Sonde.Cli.Tests;

/// <summary>Several real processes on one run folder, some of them stopped, killed and continued.</summary>
public sealed class SharedRunTests
{
    // Long enough to be stopped on the way.
    private const string Long = """
        study: long
        data: {name: shapeset, side: 16}
        network: {hidden: 30x2}
        training: {updates: 8000}
        probe: {every: 1000, examples: 20}
        evaluate: {every: 1000, examples: 20}
        checkpoint: {every: 200}
        variants: {tanh: }
        """;

    [Fact]
    public void ManyProcessesAtOnce_LoseNothingAndDoNothingTwice()
    {
        using var scratch = new Scratch();
        Assert.Equal("5 processes on 30 trials: 0 lost, done twice or damaged", new ShareSoak(scratch.Folder).Run(5, 30, TextWriter.Null).ToString());
    }

    [Fact]
    public void KilledProcess_IsTakenOverAtOnceByExactlyOneOfThoseThatWait()
    {
        using var scratch = new Scratch();
        var study = Whole(scratch);
        var killed = Command.Start("run", study, "--threads", "1", "--out", scratch["out"]);
        killed.Until(() => RecordedNumbers.HasSaved(scratch["out"]));
        var waiting = Enumerable.Range(0, 3).Select(_ => Command.Start("run", study, "--threads", "1", "--out", scratch["out"])).ToList();
        waiting.ForEach(process => process.Until(() => process.Error.Contains("tanh-s1: is in the hands of process", StringComparison.Ordinal)));
        killed.Kill();
        killed.Finish();
        var ended = waiting.ConvertAll(process => process.Finish());
        Assert.All(ended, end => Assert.Equal(0, end.Code));
        Assert.Single(ended, end => end.Error.Contains("tanh-s1: goes on from update", StringComparison.Ordinal));
        Assert.Equal(("done", 2), (RecordedNumbers.StatusOf(scratch["out"]), RecordedNumbers.AttemptOf(scratch["out"])));
        RecordedNumbers.AssertSame(scratch["whole"], scratch["out"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StoppedProcessThatComesBack_HarmsNothingThatTheNextOneWrote(bool afterTheEnd)
    {
        using var scratch = new Scratch();
        var study = Whole(scratch);
        var stopped = Command.Start("run", study, "--threads", "1", "--out", scratch["out"], "--take-over", "1");
        stopped.Until(() => RecordedNumbers.HasSaved(scratch["out"]));
        stopped.Signal("STOP");
        var next = Command.Start("run", study, "--threads", "1", "--out", scratch["out"], "--take-over", "1");
        next.Until(() => next.Error.Contains("tanh-s1: goes on from update", StringComparison.Ordinal)
            && (!afterTheEnd || RecordedNumbers.StatusOf(scratch["out"]) == "done"));
        stopped.Signal("CONT");
        var (back, ended) = (stopped.Finish(), next.Finish());
        Assert.Equal((0, 0), (back.Code, ended.Code));
        Assert.Contains("expected to hold attempt 1, found it gone: another process has taken over", back.Error);
        Assert.Equal(("done", 2), (RecordedNumbers.StatusOf(scratch["out"]), RecordedNumbers.AttemptOf(scratch["out"])));
        RecordedNumbers.AssertSame(scratch["whole"], scratch["out"]);
        Assert.Equal(0, Command.Run("verify", scratch["out"]).Code);
    }

    [Fact]
    public void TwentyFiveKills_ChangeNoByteAndLoseNothingThatWasSaved()
    {
        using var scratch = new Scratch();
        var report = new KillSoak(scratch.Folder, seed: 25, TextWriter.Null).Run(25);
        Assert.Empty(report.Problems);
        Assert.Equal(0, report.DifferingBytes);
        Assert.True(report.Kills >= 25 && report.Resumes > 0, $"{report}");
    }

    /// <summary>Runs the study unharmed into <c>whole</c>.</summary>
    private static string Whole(Scratch scratch)
    {
        var study = scratch.Write("long.yaml", Long);
        Assert.Equal(0, Command.Run("run", study, "--threads", "1", "--out", scratch["whole"]).Code);
        return study;
    }
}
