using Sonde.Analysis.Contents;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Analysis.Tests.Contents;

public sealed class RunContentsTests
{
    private const string Text = """
        study: looking
        network: {hidden: 10x2}
        training: {updates: 12}
        seeds: [1, 2, 3, 4, 5, 6]
        """;

    private static string Id(int seed) => $"tanh-standard-lr0.01-s{seed}";

    [Fact]
    public void EveryStateOfATrial_HasItsWord()
    {
        using var written = new WrittenRun(Text);
        written.Done(Id(1), 10, "11");
        written.End(Id(2), TrialStatus.Diverged, message: "cost became NaN");
        written.Begin(Id(3));
        written.Begin(Id(4), isKilled: true);
        written.Begin(Id(5), isKilled: true);
        File.WriteAllText(written.PathOf(Id(5), "trial.json"), "{");
        var found = RunContents.Read(written.Run);
        Assert.Equal(Enumerable.Range(1, 6).Select(Id), found.Select(trial => trial.Id));
        Assert.Equal(["done", "diverged", "running", "stopped", "damaged", "waiting"], found.Select(trial => trial.Status));
        Assert.Equal([true, true, false, false, true, false], found.Select(trial => trial.HasEnded));
        Assert.All(found, trial => Assert.Equal((12L, "10x2"), (trial.Planned, trial.Setting.TextOf(SettingField.Hidden))));
        Assert.Equal([10, 10, 0, 0, 0, 0], found.Select(trial => trial.Updates));
        Assert.Equal("cost became NaN", found[1].Message);
        Assert.StartsWith($"{written.PathOf(Id(5), "trial.json")}: expected the JSON that Sonde wrote", found[4].Message);
    }

    [Fact]
    public void LookingAtADeadTrial_DoesNotKeepItFromGoingOn()
    {
        using var written = new WrittenRun(Text);
        written.Begin(Id(1), isKilled: true);
        File.WriteAllText(written.PathOf(Id(1), "trial.lock"), "");
        Assert.Equal("stopped", RunContents.Read(written.Run)[0].Status);
        written.Begin(Id(1));
        Assert.Equal("running", RunContents.Read(written.Run)[0].Status);
    }

    [Fact]
    public void FolderWithoutTrials_HasThemAllWaiting()
    {
        using var written = new WrittenRun(Text);
        Assert.All(RunContents.Read(written.Run), trial => Assert.Equal("waiting", trial.Status));
    }

    [Fact]
    public void StudyThatCannotBeRead_LeavesTheTrialsThatBegan()
    {
        using var written = new WrittenRun(Text);
        written.Done(Id(2), 10, "11");
        File.WriteAllText(Path.Combine(written.Run.Directory, "study.yaml"), "study: [");
        Assert.Equal([Id(2)], RunContents.Read(written.Run).Select(trial => trial.Id));
    }
}
