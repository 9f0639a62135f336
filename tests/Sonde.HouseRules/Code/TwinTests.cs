namespace Sonde.HouseRules;

/// <summary>Every fast form of a kernel has its plain form beside it, under the same stem.</summary>
public sealed class TwinTests
{
    [Fact]
    public void AVectorForm_HasItsPlainFormBesideIt()
    {
        var files = Repository.SourceFiles("src").ToHashSet();
        var offences = files.Where(path => path.EndsWith(".Simd.cs", StringComparison.Ordinal))
            .Where(path => !files.Contains(path.Replace(".Simd.cs", ".cs", StringComparison.Ordinal)))
            .Select(path => $"{path} has no plain form. Write {path.Replace(".Simd.cs", ".cs", StringComparison.Ordinal)}, which tests hold it against.");
        Assert.True(!offences.Any(), string.Join('\n', offences));
    }
}
