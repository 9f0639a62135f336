namespace Sonde.HouseRules;

/// <summary>What the rules read must be what the compiler reads: names in code, sentences in comments and texts.</summary>
public sealed class CSharpTextTests
{
    [Theory]
    [InlineData("Call(); // Other()", "Call();")]
    [InlineData("Call(/* Other() */ 1);", "Call( 1);")]
    [InlineData("Call(\"Other\", 'O', '\\'', Here);", "Call(, , , Here);")]
    [InlineData("Call(@\"a \"\"Other\"\" b\", Here);", "Call(, Here);")]
    [InlineData("Call($\"{{Other}} {Here(\"Other\")} Other\");", "Call( Here() );")]
    [InlineData("Call($$\"\"\"{Other} {{Here}} \"Other\" \"\"\", Too);", "Call( Here , Too);")]
    public void Code_HoldsNamesOutsideOfCommentsAndTexts(string file, string code) =>
        Assert.Equal(Squeezed(code).Replace(" ", ""), Squeezed(CSharpText.Split(file).Code).Replace(" ", ""));

    [Fact]
    public void Prose_JoinsSentencesThatRunOverLinesAndPieces()
    {
        var prose = CSharpText.Split("/// <summary>null\n    /// where it is</summary>\nvar a = \"goes {0} \"\n    + $\"on {b} there\";").Prose;
        Assert.Contains("null where it is</summary>", Squeezed(prose));
        Assert.Contains("goes {0} on # there", Squeezed(prose));
        Assert.Contains(CSharpText.Gap, prose);
    }

    [Fact]
    public void BothParts_KeepEveryOffset()
    {
        const string File = "var x = $\"one {two} three\"; // four";
        var split = CSharpText.Split(File);
        Assert.Equal((File.Length, File.Length), (split.Code.Length, split.Prose.Length));
        Assert.Equal(File.IndexOf("two", StringComparison.Ordinal), split.Code.IndexOf("two", StringComparison.Ordinal));
        Assert.Equal(File.IndexOf("four", StringComparison.Ordinal), split.Prose.IndexOf("four", StringComparison.Ordinal));
    }

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
