using Sonde.Figures.Drawing;

namespace Sonde.Figures.Tests.Drawing;

/// <summary>Names as files have them: other scripts, very long, with control characters.</summary>
public sealed class ShownTextTests
{
    [Theory]
    [InlineData("tanh-s1", "tanh-s1")]
    [InlineData("a\u001b[31mb\tc", "a?[31mb?c")]
    [InlineData("a\u202Eb", "a?b")]
    [InlineData("\u732b", "?")]
    public void ForPicture_HasNoControlsAndNoMissingGlyphs(string name, string shown) => Assert.Equal(shown, ShownText.ForPicture(name));

    [Fact]
    public void LongName_IsCut()
    {
        var shown = ShownText.ForPicture(new string('x', 500));
        Assert.Equal(ShownText.MostCharacters, shown.Length);
        Assert.EndsWith("…", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat", "cat")]
    [InlineData("\u732b", "class 4")]
    [InlineData("\u0643\u0644\u0628", "\u0643\u0644\u0628")]
    [InlineData("\u0643\u0644\u0628 cat", "class 4")]
    [InlineData("\u0915\u093f", "class 4")]
    [InlineData("a\u001bb", "class 4")]
    public void Class_IsANumberIfItCannotBeDrawn(string name, string shown) => Assert.Equal(shown, ShownText.OfClass(name, 4));

    [Fact]
    public void Cut_NeverSplitsACharacter() => Assert.Equal("e\u0301…", ShownText.Shorten("e\u0301e\u0301e\u0301", text => text.Length <= 3));
}
