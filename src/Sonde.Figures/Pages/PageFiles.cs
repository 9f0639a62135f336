using System.Collections.Frozen;

namespace Sonde.Figures.Pages;

/// <summary>The files that the pages are made of, by the path under which a server offers them.</summary>
internal static class PageFiles
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
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new(Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".html" => "text/html; charset=utf-8",
            _ => "text/plain; charset=utf-8",
        }, content);
    }
}

/// <summary>A file of the pages.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record PageFile(string Type, byte[] Content);
