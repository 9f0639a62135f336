using Sonde.Analysis.Contents;
using Sonde.Cli.Trials;
using Sonde.Records.Files;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Cli.Tests.Status;

public sealed class LoadedTrialTests
{
    /// <summary>The status of 2,000 trials once took 50 seconds, that of a trial of a million rows 26 seconds and 3 GB.</summary>
    [Theory]
    [InlineData(100, 10_000, true)]
    [InlineData(2_000, 10_000, false)]
    [InlineData(1, 100_000_000, false)]
    [InlineData(0, 0, true)]
    public void Tables_AreReadWithoutAskingOnlyIfThatIsQuick(int trials, long bytes, bool isQuick) =>
        Assert.Equal(isQuick, LoadedTrial.IsQuick([.. Enumerable.Range(1, trials).Select(seed => Trial(seed, bytes))]));

    [Fact]
    public void WithoutTables_TheErrorComesFromTrialJson() =>
        Assert.Equal([12.5], LoadedTrial.WithoutTables([Trial(1, 5)]).Select(trial => trial.TestError));

    private static FoundTrial Trial(int seed, long bytes)
    {
        var flat = StudyFile.Parse("study: s", "s.yaml").Trials[0].Setting.Flat;
        return new($"t-s{seed}", TrialSetting.Read(flat), TrialStatus.Done, new()
        {
            Id = $"t-s{seed}", Study = "s", Setting = flat, Seed = (ulong)seed, Versions = new Dictionary<string, string>(),
            Machine = new Dictionary<string, string>(), Status = TrialStatus.Done, Updates = 20, Result = new(1, 12.5, 1, 12.5, 1),
            Files = [new RecordedFile("curve/all.parquet", bytes, ""), new RecordedFile("layers/all.parquet", bytes, "")],
        }, null);
    }
}
