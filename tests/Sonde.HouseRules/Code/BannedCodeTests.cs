using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>What must not appear in the library, each with what to use instead.</summary>
public sealed partial class BannedCodeTests
{
    [Fact]
    public void UnsafeCodeAndVectorIntrinsics_StayInNumericsAndKernels() => AssertNone(
        UnsafeOrIntrinsics(), path => path.StartsWith("src/Sonde/Numerics/") || path.StartsWith("src/Sonde/Kernels/")
            || path.StartsWith("src/Sonde/Baselines/Kernels/"),
        "belongs in Numerics, Kernels and Baselines/Kernels only. Call a kernel there, or write one.");

    [Fact]
    public void Clocks_StayOutOfTheLibrary() => AssertNone(
        Clock(), _ => false, "reads a clock. Accept a TimeProvider, so that a test can pass its own.");

    [Fact]
    public void AmbientRandomness_StaysOut() => AssertNone(
        // The token of a server must be a secret, which no seed gives.
        Randomness(), path => path == "src/Sonde.Dashboard/Access/Gate.cs", "is random without a seed. Use RandomKey and RandomStream.");

    [Fact]
    public void UnfinishedWork_StaysOut() => AssertNone(
        Unfinished(), _ => false, "says that something is not finished. Finish it before it is merged.");

    private static void AssertNone(Regex banned, Func<string, bool> isAllowed, string why)
    {
        var offences = from path in Repository.SourceFiles("src")
                       where !isAllowed(path)
                       from line in Repository.Read(path).Split('\n').Select((text, index) => (text, index))
                       where banned.IsMatch(line.text) && !line.text.TrimStart().StartsWith("///")
                       select $"{path}({line.index + 1}): '{line.text.Trim()}' {why}";
        Assert.Empty(offences);
    }

    // 'unsafe-inline' is a word of a page's policy.
    [GeneratedRegex(@"\bunsafe\b(?!-inline)|System\.Runtime\.Intrinsics|\bVector(64|128|256|512)\b")]
    private static partial Regex UnsafeOrIntrinsics();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bStopwatch\b|Environment\.TickCount")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bnew Random\(|\bRandom\.Shared\b|Guid\.NewGuid|RandomNumberGenerator")]
    private static partial Regex Randomness();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex Unfinished();
}
