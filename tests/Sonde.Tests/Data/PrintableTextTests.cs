using Sonde.Data;

namespace Sonde.Tests.Data;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\u732b", "\u732b")]
    [InlineData("a\u001b[31mb", "a?[31mb")]
    [InlineData("a\tb\nc\0", "a?b?c?")]
    [InlineData("a\u202eb\u200bc", "a?b?c")]
    [InlineData("", "")]
    public void ControlCharacters_BecomeQuestionMarks(string text, string shown) => Assert.Equal(shown, PrintableText.From(text));

    [Fact]
    public void HalfACharacter_BecomesAQuestionMark() => Assert.Equal("?x", PrintableText.From(['\ud800', 'x']));

    [Fact]
    public void LongText_IsCutBetweenCharacters()
    {
        Assert.Equal(new string('x', 40), PrintableText.From(new string('x', 40)));
        Assert.Equal(new string('x', 40) + "...", PrintableText.From(new string('x', 41)));
        Assert.Equal("\U0001F600\U0001F600...", PrintableText.From("\U0001F600\U0001F600\U0001F600", 2));
    }
}
