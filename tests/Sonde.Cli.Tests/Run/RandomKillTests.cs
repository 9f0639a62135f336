using Sonde.Soak;

namespace Sonde.Cli.Tests.Run;

/// <summary>The short form of the soak that kills real processes at random instants.</summary>
public sealed class RandomKillTests
{
    [Fact]
    public void TwentyFiveKills_ChangeNoByteAndLoseNothingThatWasSaved()
    {
        using var scratch = new Scratch();
        var report = new KillSoak(scratch.Folder, seed: 25, TextWriter.Null).Run(25);
        Assert.Empty(report.Problems);
        Assert.Equal(0, report.DifferingBytes);
        Assert.True(report.Kills >= 25 && report.Resumes > 0, $"{report}");
    }
}
