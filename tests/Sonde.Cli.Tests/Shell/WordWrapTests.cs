using Sonde.Cli.Shell;

namespace Sonde.Cli.Tests.Shell;

public sealed class WordWrapTests
{
    [Fact]
    public void LongLine_BreaksBetweenWordsAndKeepsItsIndent() =>
        Assert.Equal(["  one two", "three four", "five"], WordWrap.Lines("  one two three four five", 10));

    [Fact]
    public void Number_KeepsItsPerCentSign() => Assert.Equal(["an error of", "2.9 %."], WordWrap.Lines("an error of 2.9 %.", 15));

    [Fact]
    public void WordLongerThanTheLine_StaysWhole() =>
        Assert.Equal(["see", "/a/very/long/path", "there"], WordWrap.Lines("see /a/very/long/path there", 8));

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("1,  2")]
    public void LineThatFits_IsUnchanged(string line) => Assert.Equal([line], WordWrap.Lines(line, 5));
}
