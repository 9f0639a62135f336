using System.Runtime.CompilerServices;
using Sonde.Probes;

namespace Sonde.Tests.Probes;

/// <summary><c>docs/reading-runs.md</c> describes what probes record.</summary>
public sealed class QuantityDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Root(), "docs", "reading-runs.md"));

    private static readonly string[] Known = [.. typeof(Quantity).GetFields().Select(name => (string)name.GetRawConstantValue()!)];

    public static TheoryData<string> Names => [.. Known];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryQuantity_IsDescribed(string name) =>
        Assert.True(Document.Contains($"`{name}`", StringComparison.Ordinal), $"docs/reading-runs.md does not have `{name}`. Describe the quantity there.");

    [Fact]
    public void EveryProbe_RecordsAQuantity() => Assert.All([.. ProbeList.Basic, .. ProbeList.Costly, .. ProbeList.Costliest], probe =>
        Assert.True(Known.Contains(probe.Name), $"Quantity does not have {probe.Name}."));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", "..", ".."));
}
