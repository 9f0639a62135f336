using Sonde.Cli.Shell;

namespace Sonde.Cli.Tests.Shell;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("\u001b[2Jcat", "?[2Jcat")]
    [InlineData("a\tb\r\nc", "a?b??c")]
    [InlineData("\u009bx\u007f", "?x?")]
    [InlineData("abc\u202ecba", "abc?cba")]
    [InlineData("猫, كلب, 50 %", "猫, كلب, 50 %")]
    public void ControlCharacters_BecomeQuestionMarks(string text, string expected) => Assert.Equal(expected, PlainText.Line(text));

    [Fact]
    public void LongText_LosesItsMiddleAndKeepsItsAdvice()
    {
        var line = PlainText.Line($"bad: {new string('x', 100_000)}. Fix the name.");
        Assert.InRange(line.Length, 2_000, 2_100);
        Assert.StartsWith("bad: xxx", line);
        Assert.EndsWith("Fix the name.", line);
        Assert.Contains("98,020 characters left out", line);
    }
}
