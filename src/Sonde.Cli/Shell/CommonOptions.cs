using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sonde.Numerics.Checks;

namespace Sonde.Cli.Shell;

/// <summary>Arguments and options that several verbs take, each with one wording and one check.</summary>
internal static class CommonOptions
{
    /// <summary>The run folder that a verb reads.</summary>
    public static Argument<string> RunFolder() => Path<string>("DIR", "A run folder, such as runs/first-look.", ArgumentArity.ExactlyOne);

    /// <summary>An argument that is a path.</summary>
    public static Argument<T> Path<T>(string name, string description, ArgumentArity arity)
    {
        var argument = new Argument<T>(name) { Description = description, Arity = arity };
        argument.Validators.Add(result => CheckPaths(result, name, result.Tokens));
        return argument;
    }

    /// <summary>The folder with datasets.</summary>
    public static Option<string?> DataDirectory() => Folder("--data-dir", "The folder with datasets (default: SONDE_DATA, else your cache).");

    /// <summary>A JSON document instead of text.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document on standard output." };

    /// <summary>A folder, which is not checked for existence.</summary>
    public static Option<string?> Folder(string name, string description, string helpName = "DIR")
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(result => CheckPaths(result, name, result.Tokens));
        return option;
    }

    /// <summary>A whole number of 1 or more.</summary>
    public static Option<int> Count(string name, string description, int usual, int most = int.MaxValue)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result => CheckCount(result, most));
        return option;
    }

    /// <summary>A whole number of 1 or more; without it the verb decides.</summary>
    public static Option<int?> OptionalCount(string name, string description, int most = int.MaxValue)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result => CheckCount(result, most));
        return option;
    }

    /// <inheritdoc cref="OptionalCount"/>
    public static Option<long?> OptionalLongCount(string name, string description, long most)
    {
        var option = new Option<long?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result => CheckCount(result, most));
        return option;
    }

    /// <summary>One word of several.</summary>
    public static Option<string> OneOf(string name, string description, IReadOnlyCollection<string> words, string usual)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value))
                result.AddError($"{name}: expected {(words.Count < 3 ? string.Join(" or ", words) : $"one of {string.Join(", ", words)}")}, got "
                    + $"'{token.Value}'.{NameSuggestion.Hint(token.Value, words)}");
        });
        return option;
    }

    /// <summary>Refuses a count that is none.</summary>
    public static void CheckCount(OptionResult result, long most = int.MaxValue)
    {
        if (result.Tokens is [var token] && !(long.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= most))
            result.AddError($"{result.Option.Name}: expected a whole number {(most == int.MaxValue ? "of 1 or more" : $"from 1 to {most}")}, got "
                + $"'{token.Value}'.");
    }

    /// <summary>Refuses an empty path, and one in which the shell was to replace <c>~</c> and did not.</summary>
    public static void CheckPaths(SymbolResult result, string name, IEnumerable<Token> tokens)
    {
        foreach (var path in tokens.Select(token => token.Value))
            if (string.IsNullOrWhiteSpace(path))
                result.AddError($"{name}: expected a path, got an empty text. Give a path, or leave {name} out.");
            else if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
                result.AddError($"{name}: expected a path, got '{path}', in which the shell has not replaced ~. Write \"$HOME{path[1..]}\" instead.");
    }
}
