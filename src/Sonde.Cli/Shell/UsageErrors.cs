using System.CommandLine;
using System.CommandLine.Parsing;
using Sonde.Numerics.Checks;
using Sonde.Studies;

namespace Sonde.Cli.Shell;

/// <summary>Says what is wrong with a command line, in Sonde's words instead of the parser's.</summary>
internal static class UsageErrors
{
    /// <summary>Returns a sentence for each error; none if the line can be run.</summary>
    /// <remarks>A word that nobody knows counts even beside <c>--help</c>: <c>sonde rnu --help</c> is a mistyped verb.</remarks>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var isHelp = Verb.IsHelp(parsed);
        // A mistyped option may have been taken for an argument.
        var mistaken = isHelp ? [] : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value).Where(token => token.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (mistaken.Count > 0)
            return [.. mistaken.Select(word => Unknown(command, word, Hint(command, word)))];
        if (isHelp ? command.Subcommands.Count == 0 || parsed.UnmatchedTokens.Count == 0 : parsed.Errors.Count == 0)
            return [];
        var unknown = parsed.UnmatchedTokens.Select(word => (Word: word, Hint: Hint(command, word))).ToList();
        // A name with a near neighbour explains the errors that follow from it, such as an option's value that is left over.
        if (unknown.Exists(token => token.Hint.Length > 0))
            return [.. unknown.Where(token => token.Hint.Length > 0).Select(token => Unknown(command, token.Word, token.Hint))];
        return
        [
            .. unknown.Select(token => Unknown(command, token.Word, "")),
            .. parsed.Errors.Where(error => !unknown.Exists(token => error.Message.Contains($"'{token.Word}'", StringComparison.Ordinal)))
                .Where(error => unknown.Count == 0 || !IsMissingCommand(error)).Select(error => Sentence(parsed, error)).Distinct(),
        ];
    }

    private static bool IsMissingCommand(ParseError error) => error.Message.StartsWith("Required command", StringComparison.Ordinal);

    private static string Unknown(Command command, string word, string hint) => word.StartsWith('-') ? $"Unknown option '{word}'.{hint}"
        : command.Subcommands.Count > 0 ? $"Unknown command '{word}'.{hint}" : $"Unexpected '{word}'.{hint}";

    private static string Hint(Command command, string word) => NameSuggestion.Hint(word, command.Subcommands.Select(verb => verb.Name)
        .Concat(command.Options.SelectMany(option => option.Aliases.Append(option.Name)))
        .Where(name => !name.StartsWith('-') || name.StartsWith("--", StringComparison.Ordinal))) is { Length: > 0 } name ? name : SettingHint(command, word);

    // People type a field of the study as if it were an option: --updates 500.
    private static string SettingHint(Command command, string word) =>
        word.StartsWith("--", StringComparison.Ordinal) && command.Options.Any(option => option is { Name: "--set", HelpName: "PATH=VALUE" })
        && SettingField.FindChange(word[2..]) is { } change
            ? $" To change this field of the study, write --set {change}." : "";

    private static string Sentence(ParseResult parsed, ParseError error)
    {
        var verb = (Verb)parsed.CommandResult.Command;
        bool Begins(string text) => error.Message.StartsWith(text, StringComparison.Ordinal);
        if (IsMissingCommand(error))
            return $"'{verb.Path}' needs a command, such as '{verb.Examples[0].Split('#')[0].Trim()}'.";
        if (Begins("Required argument missing for command") && verb.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0) is { } argument)
            return $"'{verb.Path}' needs {argument.Name}, such as '{verb.Examples[0].Split('#')[0].Trim()}'.";
        if (error.SymbolResult is not OptionResult { Option: var option, Tokens: var tokens })
            return Missing(verb, error) ?? error.Message;
        return Begins("Required argument missing") ? $"{option.Name}: expected a value, got none. {option.Description}"
            : Begins("Cannot parse argument") && tokens is [var token, ..] ? $"{option.Name}: expected {Kind(option.ValueType)}, got '{token.Value}'."
            : Missing(verb, error) ?? error.Message;
    }

    private static string? Missing(Verb verb, ParseError error) =>
        verb.Options.FirstOrDefault(option => option.Required && error.Message == $"Option '{option.Name}' is required.") is { } option
            ? $"'{verb.Path}' needs {HelpText.Name(option)}: {option.Description}" : null;

    private static string Kind(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}"
            : type == typeof(double) ? "a number" : type == typeof(ulong) ? "a whole number of 0 or more" : "a whole number";
    }
}
