using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>Links between documents lead somewhere.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void RelativeLinks_LeadToFiles()
    {
        var offences = from document in Repository.Documents()
                       from Match link in Link().Matches(Repository.Read(document))
                       let target = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link.Groups["target"].Value)
                       where !Path.Exists(target)
                       select $"{document} links to {link.Groups["target"].Value}, which does not exist. Correct the path, or take the link out.";
        Assert.True(!offences.Any(), string.Join('\n', offences));
    }

    [Fact]
    public void EveryDocument_IsReachedFromTheReadme()
    {
        var (reached, waiting) = (new HashSet<string> { "README.md" }, new Queue<string>(["README.md"]));
        while (waiting.TryDequeue(out var document))
            foreach (Match link in Link().Matches(Repository.Read(document)))
            {
                var path = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link.Groups["target"].Value);
                var target = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
                if (target.EndsWith(".md", StringComparison.Ordinal) && File.Exists(path) && reached.Add(target))
                    waiting.Enqueue(target);
            }
        var lost = Repository.Documents().Except(reached);
        Assert.True(!lost.Any(), $"No link leads from README.md to {string.Join(", ", lost)}. Add one where a reader would look for it.");
    }

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)(?<target>[^)#\s]+)")]
    private static partial Regex Link();
}
