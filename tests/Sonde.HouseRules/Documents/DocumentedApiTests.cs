using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sonde.HouseRules;

/// <summary>docs/api.md lists the public types of each project with the first line of their docstrings: below <c>&lt;!-- api: PROJECT --&gt;</c> is a row for
/// each.</summary>
/// <remarks>SONDE_REWRITE_DOCS=1 makes the test rewrite the tables instead of failing.</remarks>
public sealed partial class DocumentedApiTests
{
    private const string Document = "docs/api.md";

    [Fact]
    public void Tables_AreThePublicTypes()
    {
        var text = Repository.Read(Document);
        var wanted = Block().Replace(text, match => $"<!-- api: {match.Groups["project"].Value} -->\n\n{Table(match.Groups["project"].Value)}\n\n");
        if (Environment.GetEnvironmentVariable("SONDE_REWRITE_DOCS") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, Document), wanted);
        else
            Assert.True(wanted == text, $"A table of {Document} differs from the public types. Run SONDE_REWRITE_DOCS=1 dotnet test -c Release --project "
                + "tests/Sonde.HouseRules to rewrite it.");
    }

    [Fact]
    public void EveryProjectWithPublicTypes_HasATable()
    {
        var shown = Block().Matches(Repository.Read(Document)).Select(match => match.Groups["project"].Value).ToHashSet();
        Assert.All(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(path => Path.GetFileName(path)), project =>
            Assert.True(shown.Contains(project) || ApiList.Types(Assembly.Load(project)).Count == 0,
                $"{Document} has no table for {project}. Add a heading and the line <!-- api: {project} --> below it."));
    }

    private static string Table(string project)
    {
        var assembly = Assembly.Load(project);
        var summaries = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{project}.xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary"));
        return string.Join('\n', ["| namespace | type | what it is |", "|---|---|---|", .. ApiList.Types(assembly).Where(type => !type.IsNested)
            .Select(type => $"| {type.Namespace} | `{ApiList.ShortName(type)}` | {Summary(summaries.GetValueOrDefault($"T:{type.FullName}"))} |")]);
    }

    private static string Summary(XElement? summary)
    {
        var text = summary is null ? "" : string.Concat(summary.Nodes().Select(Words));
        return Space().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Words(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" or "typeparamref" } reference => $"`{Target(reference)}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => string.Concat(other.Nodes().Select(Words)),
        _ => "",
    };

    private static string Target(XElement reference)
    {
        var target = (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))!.Value;
        target = target.Contains('(') ? target[..target.IndexOf('(')] : target;
        return target[(target.LastIndexOf('.') + 1)..].Split('`')[0];
    }

    [GeneratedRegex(@"<!-- api: (?<project>\S+) -->\n\n((\|[^\n]*\n)+\n)?")]
    private static partial Regex Block();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
