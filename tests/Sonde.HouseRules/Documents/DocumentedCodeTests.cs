using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>Code in documents is code that tests run: a block below <c>&lt;!-- code: FILE NAME --&gt;</c> is the part of FILE between
/// <c>// docs: NAME</c> and <c>// docs: end</c>.</summary>
/// <remarks>SONDE_REWRITE_DOCS=1 makes the test rewrite the blocks instead of failing; see docs/architecture.md.</remarks>
public sealed partial class DocumentedCodeTests
{
    public static IEnumerable<TheoryDataRow<string>> Documents =>
        Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"))
            .Select(path => Path.GetRelativePath(Repository.Root, path)).Order().Select(path => new TheoryDataRow<string>(path));

    [Theory, MemberData(nameof(Documents))]
    public void CodeBlocks_AreTheCodeThatTestsRun(string document)
    {
        var text = Repository.Read(document);
        var wanted = Block().Replace(text, match =>
            $"<!-- code: {match.Groups["file"].Value} {match.Groups["name"].Value} "
                + $"-->\n```csharp\n{Part(match.Groups["file"].Value, match.Groups["name"].Value)}\n```");
        if (Environment.GetEnvironmentVariable("SONDE_REWRITE_DOCS") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, document), wanted);
        else
            Assert.True(wanted == text,
                $"A code block of {document} differs from the code it shows. Run SONDE_REWRITE_DOCS=1 dotnet test -c Release to rewrite it.");
        Assert.DoesNotContain("```csharp", Block().Replace(text, ""));
    }

    // A block without its end swallows the headings below it, and the tests that look into it.
    [Theory, MemberData(nameof(Documents))]
    public void EveryBlock_EndsBeforeTheNextBegins(string document)
    {
        var isOpen = false;
        foreach (var (index, line) in Repository.Read(document).Split('\n').Index())
        {
            var fence = line.TrimStart();
            if (!fence.StartsWith("```", StringComparison.Ordinal))
                continue;
            Assert.True(!isOpen || fence.TrimEnd() == "```", $"{document}:{index + 1}: a block begins inside another one. Close that with ```.");
            isOpen = !isOpen;
        }
        Assert.False(isOpen, $"{document}: the last block does not end. Close it with ```.");
    }

    private static string Part(string file, string name)
    {
        var lines = Repository.Read(file).Split('\n').SkipWhile(line => line.Trim() != $"// docs: {name}").Skip(1).TakeWhile(line =>
            line.Trim() != "// docs: end").ToList();
        Assert.True(lines.Count > 0, $"{file} has no part '// docs: {name}'.");
        var indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : line.Trim()));
    }

    [GeneratedRegex(@"<!-- code: (?<file>\S+) (?<name>\S+) -->\n```csharp\n(?:(?!```)[^\n]*\n)*```", RegexOptions.None)]
    private static partial Regex Block();
}
