using System.Text;
using System.Text.RegularExpressions;

namespace Sonde.Figures.Pages;

/// <summary>All modules of the pages as one script, for a page that loads nothing. Each module becomes a function that returns what it exports.</summary>
internal static partial class JoinedModules
{
    private const string First = "page.js";

    /// <summary>The script; it holds no text that would end the element or the CDATA section around it.</summary>
    public static string Script { get; } = Join();

    /// <summary>The style sheets of the pages and of uPlot.</summary>
    public static string Style { get; } = TextOf("/vendored/uPlot.css") + TextOf("/page.css");

    private static string Join()
    {
        var (script, done) = (new StringBuilder(), new HashSet<string>());
        script.Append(TextOf("/vendored/uPlot.js")).Append("\n(() => {\n'use strict';\n");
        Append(First, script, done);
        return script.Append("})();\n").ToString().Replace("]]>", "]] >", StringComparison.Ordinal);
    }

    // What a module imports comes before it.
    private static void Append(string module, StringBuilder script, HashSet<string> done)
    {
        if (!done.Add(module))
            return;
        var text = TextOf($"/{module}");
        foreach (Match import in Import().Matches(text))
            Append(import.Groups["module"].Value, script, done);
        var exports = Export().Matches(text).Select(match => match.Groups["name"].Value);
        var body = Export().Replace(Import().Replace(text, match => match.Groups["names"].Success
            ? $"const {{{match.Groups["names"].Value}}} = {NameOf(match.Groups["module"].Value)};" : ""), "${kind}${name}");
        script.Append("const ").Append(NameOf(module)).Append(" = (() => {\n").Append(body)
            .Append("return { ").AppendJoin(", ", exports).Append(" };\n})();\n");
    }

    private static string NameOf(string module) => "module_" + Path.GetFileNameWithoutExtension(module).Replace('-', '_');

    private static string TextOf(string path) => Encoding.UTF8.GetString(PageFiles.Find(path)!.Content);

    [GeneratedRegex(@"^import (?:\{(?<names>[^}]*)\} from )?'\./(?<module>[\w-]+\.js)';$", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"^export (?<kind>(?:async )?(?:function|class|const) )(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Export();
}
