using Sonde.Analysis.Contents;
using Sonde.Cli.Trials;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Cli.Tests.Trials;

/// <summary>The status of ten thousand trials was ten thousand rows, which took four seconds and nobody read.</summary>
public sealed class ShownTrialsTests
{
    private const int Many = ShownTrials.MostWhole + 1;

    private static readonly RecordedSetting Setting = TrialSetting.Read(StudyFile.Parse("study: s", "s.yaml").Trials[0].Setting.Flat);

    private static LoadedTrial Trial(int seed, string status = TrialStatus.Done, double? error = null, TrialStop? stop = null) =>
        new(new($"t-s{seed}", Setting, status, status == FoundStatus.Waiting ? null : new()
        {
            Id = $"t-s{seed}", Study = "s", Setting = Setting.Flat, Seed = (ulong)seed, Versions = new Dictionary<string, string>(),
            Machine = new Dictionary<string, string>(), Status = status, Updates = 20, Stop = stop,
            Result = error is { } known ? new(1, known, 1, 99, 1) : null,
        }, null), null);

    [Fact]
    public void StudyThatIsNotLarge_HasARowForEachTrial()
    {
        var trials = Enumerable.Range(1, ShownTrials.MostWhole).Select(seed => Trial(seed, error: seed)).ToList();
        Assert.Equal((trials, null), ShownTrials.Of(trials, "all") is var shown ? (shown.Trials, shown.LeftOut) : default);
    }

    [Fact]
    public void LargeStudy_ShowsTrialsThatTrainOrWentWrongAndThenTheBest()
    {
        var stop = new TrialStop(TrialStop.Rung, 5, "Stopped.");
        List<LoadedTrial> trials =
        [
            Trial(1, TrialStatus.Diverged, 90), Trial(2, FoundStatus.Stopped), Trial(3, FoundStatus.Damaged), Trial(4, TrialStatus.Running),
            Trial(5, TrialStatus.Done, 1, stop), Trial(6, FoundStatus.Waiting), Trial(7, TrialStatus.Paused),
            .. Enumerable.Range(8, Many).Select(seed => Trial(seed, error: 1000 - seed)),
        ];
        var shown = ShownTrials.Of(trials, "sonde status runs/x --all");
        Assert.Equal([4, 3, 2, 1, .. Enumerable.Range(Many - 2, 10).Reverse()], shown.Trials.Select(trial => (int)trial.Found.Manifest!.Seed));
        Assert.Equal("The table shows 14 of 208 trials: the 4 that train, stopped or went wrong, and the 10 best by validation. 'sonde status runs/x --all' "
            + "shows all.", shown.LeftOut);
    }

    [Fact]
    public void LargeStudyInWhichMuchWentWrong_SaysHowMuch()
    {
        var shown = ShownTrials.Of([.. Enumerable.Range(1, Many).Select(seed => Trial(seed, TrialStatus.Diverged))], "all");
        Assert.Equal("The table shows 30 of 201 trials: 30 of the 201 that train, stopped or went wrong. 'all' shows all.", shown.LeftOut);
        Assert.Equal(30, shown.Trials.Count);
    }

    [Fact]
    public void LargeStudyThatHasNotBegun_ShowsItsFirstTrials()
    {
        var shown = ShownTrials.Of([.. Enumerable.Range(1, Many).Select(seed => Trial(seed, FoundStatus.Waiting))], "all");
        Assert.Equal("The table shows the first 10 of 201 trials. 'all' shows all.", shown.LeftOut);
        Assert.Equal(["t-s1", "t-s2"], shown.Trials.Take(2).Select(trial => trial.Found.Id));
    }
}
