using Sonde.Data;

namespace Sonde.Tests.Data;

public sealed class ComposedTextTests
{
    [Theory]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("A\u030Angstro\u0308m", "\u00c5ngstr\u00f6m")]
    [InlineData("\u1112\u1161\u11ab\u1100\u1173\u11af", "\ud55c\uae00")]
    [InlineData("\u30cf\u3099", "\u30d0")]
    [InlineData("plain", "plain")]
    [InlineData("\u00e9", "\u00e9")]
    [InlineData("\u0301", "\u0301")]
    [InlineData("", "")]
    public void LettersAndAccents_BecomeOneCharacter(string name, string composed) => Assert.Equal(composed, ComposedText.From(name));
}
