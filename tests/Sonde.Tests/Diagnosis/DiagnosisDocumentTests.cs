using System.Runtime.CompilerServices;
using Sonde.Diagnosis;

namespace Sonde.Tests.Diagnosis;

/// <summary><c>docs/diagnosis.md</c> describes what Sonde looks for.</summary>
public sealed class DiagnosisDocumentTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Root(), "docs", "diagnosis.md"));

    [Fact]
    public void EveryFinding_IsDescribedWithItsFourParts()
    {
        foreach (var rule in FindingList.Rules.Where(rule => rule.Id != rule.Name))
        {
            var start = Array.IndexOf(Lines, $"### {rule.Id} {rule.Name}");
            Assert.True(start >= 0, $"docs/diagnosis.md has no heading '### {rule.Id} {rule.Name}'. Describe the finding there.");
            var text = string.Join(' ', Lines.Skip(start + 1).TakeWhile(line => !line.StartsWith('#')));
            Assert.All((string[])["*Looks like:*", "*Measured:*", "*Do:*", "*Not to be confused with*"],
                part => Assert.True(text.Contains(part, StringComparison.Ordinal), $"{rule.Name}: {part} is missing in docs/diagnosis.md."));
        }
    }

    [Fact]
    public void EveryHeading_IsAFinding()
    {
        var known = FindingList.Rules.Select(rule => $"### {rule.Id} {rule.Name}").ToHashSet();
        Assert.All(Lines.Where(line => line.StartsWith("### SO", StringComparison.Ordinal)), heading => Assert.Contains(heading, known));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", "..", ".."));
}
