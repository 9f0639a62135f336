using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Sonde.Figures.Pages;

/// <summary>The files that the pages are made of, by the path under which a server offers them.</summary>
internal static partial class PageFiles
{
    private const string Prefix = "Pages/";

    private static readonly FrozenDictionary<string, Lazy<PageFile>> All = typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name == Prefix + "index.html" ? "/" : name[(Prefix.Length - 1)..], name => new Lazy<PageFile>(() => Read(name)));

    /// <summary>Paths of all files.</summary>
    public static IEnumerable<string> Paths => All.Keys;

    /// <summary>Finds the file of a path; null if there is none.</summary>
    public static PageFile? Find(string path) => All.TryGetValue(path, out var file) ? file.Value : null;

    private static PageFile Read(string name)
    {
        using var reader = new StreamReader(typeof(PageFiles).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return new(Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".html" => "text/html; charset=utf-8",
            _ => "text/plain; charset=utf-8",
        }, Encoding.UTF8.GetBytes(IsModule(name) ? Compact(text) : text));
    }

    private static bool IsModule(string name) =>
        name.EndsWith(".js", StringComparison.Ordinal) && !name.Contains("/vendored/", StringComparison.Ordinal);

    // A fifth of a module is indentation and comments on lines of their own. No text in the modules spans lines, so that a line can lose both.
    private static string Compact(string module)
    {
        var lines = module.Split('\n').Select(line => line.Trim()).ToList();
        var (kept, isComment) = (new StringBuilder(), false);
        foreach (var line in lines)
        {
            isComment = isComment || line.StartsWith("/**", StringComparison.Ordinal);
            var end = isComment ? line.IndexOf("*/", StringComparison.Ordinal) : -1;
            var code = !isComment ? line : end < 0 ? "" : line[(end + 2)..].Trim();
            isComment = isComment && end < 0;
            if (code.Length > 0 && !code.StartsWith("//", StringComparison.Ordinal))
                kept.Append(Squeeze(code)).Append('\n');
        }
        return kept.ToString();
    }

    // Spaces around punctuation are a tenth of the rest. A line with a template, a pattern or an escape keeps them; within quotes they are text.
    private static string Squeeze(string line)
    {
        if (line.StartsWith("import ", StringComparison.Ordinal) || line.AsSpan().IndexOfAny("`\"/\\") >= 0)
            return line;
        var parts = line.Split('\'');
        for (var outside = 0; outside < parts.Length; outside += 2)
            parts[outside] = Punctuation().Replace(parts[outside], "$1");
        return string.Join('\'', parts);
    }

    [GeneratedRegex(@" ?([=,{}();:?<>|&]) ?")]
    private static partial Regex Punctuation();
}

/// <summary>A file of the pages.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record PageFile(string Type, byte[] Content);
