using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;

namespace Sonde.Cli.Shell;

/// <summary>The text of <c>--help</c>: at most 80 columns, the same on a terminal and in a pipe.</summary>
internal static class HelpText
{
    private const int Width = 80, Indent = 2, WidestName = 22;

    /// <summary>Returns the lines of a command's help.</summary>
    /// <param name="command">The command.</param>
    /// <param name="path">What is typed to reach it, such as <c>sonde data</c>.</param>
    public static IEnumerable<string> Lines(Verb command, string path) =>
    [
        .. WordWrap.Lines(command.Description ?? "", Width), "", "Usage:", $"  {Usage(command, path)}", "",
        .. Section("Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description ?? ""))),
        .. Section("Commands", command.Subcommands.Select(verb => (verb.Name, verb.Description ?? ""))),
        .. Section("Options", command.Options.OrderBy(option => option is HelpOption or VersionOption).Select(option => (Name(option), Description(option)))),
        "Examples:", .. command.Examples.Select(example => $"  {example}"), "",
        .. command.Subcommands.Count == 0 ? [] : new[] { $"'{path} COMMAND --help' shows the options and examples of a command.", "" },
    ];

    private static string Usage(Verb command, string path) => string.Join(' ',
    [
        path,
        .. command.Subcommands.Count == 0 ? [] : new[] { "COMMAND" },
        .. command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name),
        .. command.Options.Where(option => option.Required).Select(Name),
        "[options]",
    ]);

    private static IEnumerable<string> Section(string title, IEnumerable<(string Name, string Description)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            yield break;
        yield return $"{title}:";
        var start = Indent + Math.Min(WidestName, all.Max(row => row.Name.Length)) + 2;
        foreach (var (name, description) in all)
        {
            var lines = WordWrap.Lines(description, Width - start);
            var first = new string(' ', Indent) + name;
            // A long name has a line of its own.
            if (first.Length + 2 > start)
                yield return first;
            foreach (var (index, line) in lines.Index())
                yield return (index == 0 && first.Length + 2 <= start ? first : "").PadRight(start) + line;
        }
        yield return "";
    }

    /// <summary>Returns an option as it is typed: <c>--threads N</c>.</summary>
    public static string Name(Option option) => option switch
    {
        HelpOption => "--help",
        _ when option.ValueType == typeof(bool) || option is VersionOption => option.Name,
        _ => $"{option.Name} {ValueName(option)}",
    };

    private static string ValueName(Option option) => option.HelpName
        ?? (option.ValueType.IsEnum ? string.Join('|', Enum.GetNames(option.ValueType)).ToLowerInvariant() : option.Name.TrimStart('-').ToUpperInvariant());

    private static string Description(Option option) => option switch
    {
        HelpOption => "Show this text.",
        VersionOption => "Show the version.",
        _ when !option.HasDefaultValue || option.ValueType == typeof(bool) || option.Description?.Contains("(default", StringComparison.Ordinal) == true =>
            option.Description ?? "",
        _ => $"{option.Description?.TrimEnd('.')} (default: {Text(option.GetDefaultValue())}).",
    };

    private static string Text(object? value) => value switch
    {
        Array list => string.Join(',', list.Cast<object>().Select(Text)),
        Enum word => word.ToString().ToLowerInvariant(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
