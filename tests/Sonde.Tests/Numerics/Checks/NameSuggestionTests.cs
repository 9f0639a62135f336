using Sonde.Numerics.Checks;

namespace Sonde.Tests.Numerics.Checks;

public sealed class NameSuggestionTests
{
    private static readonly string[] Names = ["tanh", "softsign", "hard-tanh", "init"];

    [Theory]
    [InlineData("tahn", "tanh")]
    [InlineData("TANH", "tanh")]
    [InlineData("hardtanh", "hard-tanh")]
    [InlineData("soft_sign", "softsign")]
    [InlineData("sofsgin", "softsign")]
    [InlineData("int", "init")]
    [InlineData("soft", "softsign")]
    [InlineData("so", null)]
    [InlineData("banana", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void Typo_FindsTheNameMeantOrNone(string typed, string? name) => Assert.Equal(name, NameSuggestion.Find(typed, Names));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "abd", 1)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "abcd", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_CountsEdits(string from, string to, int edits)
    {
        Assert.Equal(edits, NameSuggestion.Distance(from, to));
        Assert.Equal(edits, NameSuggestion.Distance(to, from));
    }
}
