using Sonde.Analysis.Contents;

namespace Sonde.Analysis.Tests.Contents;

/// <summary>A watched folder is asked several times a second: quick looks find what training changes, thorough ones everything.</summary>
public sealed class RunIndexTests
{
    private const string Text = """
        study: watched
        network: {hidden: 10x2}
        training: {updates: 12}
        seeds: [1, 2, 3]
        """;

    private static string Id(int seed) => $"tanh-standard-lr0.01-s{seed}";

    [Fact]
    public void AQuickLook_FindsNewTrialsAndTheEndOfRunningOnes()
    {
        using var written = new WrittenRun(Text);
        written.Done(Id(1), 10, "11");
        written.Begin(Id(2), isKilled: true);
        var index = new RunIndex(written.Run);
        Assert.Equal([Id(1), Id(2), Id(3)], index.Refresh());
        Assert.Equal(["done", "stopped", "waiting"], index.Trials.Select(trial => trial.Status));
        Assert.Empty(index.Refresh(endedToo: false));
        written.Done(Id(2), 10, "11");
        Assert.Equal([Id(2)], index.Refresh(endedToo: false));
        written.Done(Id(3), 10, "11");
        Assert.Equal([Id(3)], index.Refresh(endedToo: false));
        Assert.All(index.Trials, trial => Assert.Equal("done", trial.Status));
    }

    [Fact]
    public void AFolderThatGetsItsRecordLater_IsFoundByAQuickLook()
    {
        using var written = new WrittenRun(Text);
        written.Done(Id(1), 10, "11");
        Directory.CreateDirectory(written.PathOf(Id(2), ""));
        var index = new RunIndex(written.Run);
        index.Refresh();
        // The folder above does not change any more.
        var time = Directory.GetLastWriteTimeUtc(Path.GetDirectoryName(written.PathOf(Id(2), ""))!);
        File.Copy(written.PathOf(Id(1), "trial.json"), written.PathOf(Id(2), "trial.json"));
        Assert.Equal(time, Directory.GetLastWriteTimeUtc(Path.GetDirectoryName(written.PathOf(Id(2), ""))!));
        Assert.Equal([Id(2)], index.Refresh(endedToo: false));
        Assert.Equal("damaged", index.Trials[1].Status);
    }

    [Fact]
    public void AnEndedTrialThatIsMadeLonger_IsFoundByAThoroughLook()
    {
        using var written = new WrittenRun(Text);
        written.Done(Id(1), 10, "11");
        var index = new RunIndex(written.Run);
        index.Refresh();
        File.WriteAllText(written.PathOf(Id(1), "trial.json"), "{");
        Assert.Empty(index.Refresh(endedToo: false));
        Assert.Equal([Id(1)], index.Refresh());
        Assert.Equal("damaged", index.Trials[0].Status);
    }
}
