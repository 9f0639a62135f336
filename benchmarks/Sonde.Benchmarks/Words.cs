using System.Globalization;
using System.Text.RegularExpressions;

namespace Sonde.Benchmarks;

/// <summary>A command line that cannot be understood; the message says what to type instead.</summary>
internal sealed class WordsException(string message) : Exception(message);

/// <summary>The words after a benchmark's name: <c>--name value</c>, or values by their places. Its usage says which there may be.</summary>
internal sealed partial class Words
{
    private readonly Dictionary<string, string> values = [];
    private readonly List<string> flags = [];

    /// <summary>Reads them.</summary>
    /// <param name="usage">Such as <c>[THREADS] [--width 1000] [--save]</c>: a place, an option with a value, and one without.</param>
    /// <param name="args">The words.</param>
    /// <param name="more">Options with a value that the usage does not name.</param>
    /// <exception cref="WordsException">A word is not in the usage, or an option has no value.</exception>
    public Words(string usage, string[] args, params IEnumerable<string> more)
    {
        var places = new Queue<string>(Place().Matches(usage).Select(match => match.Groups[1].Value));
        List<string> options = [.. Option().Matches(usage).Select(match => match.Groups[1].Value), .. more.Distinct()];
        List<string> alone = [.. Flag().Matches(usage).Select(match => match.Groups[1].Value)];
        for (var k = 0; k < args.Length; k++)
        {
            var name = args[k].StartsWith("--", StringComparison.Ordinal) ? args[k][2..] : null;
            if (name is null)
                values[places.TryDequeue(out var place) ? place : throw Unknown(args[k])] = args[k];
            else if (alone.Contains(name))
                flags.Add(name);
            else if (options.Contains(name))
                values[name] = ++k < args.Length ? args[k] : throw new WordsException($"--{name}: expected a value after it, got none.");
            else
                throw Unknown(args[k]);
        }
        WordsException Unknown(string word) => new($"Unexpected '{word}'. Usage: {usage}");
    }

    /// <summary>True if an option without a value was given.</summary>
    public bool Has(string flag) => flags.Contains(flag);

    /// <summary>The value of an option or a place; null if it was not given.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public int Count(string name, int otherwise, int least = 1) => Counts(name, otherwise.ToString(CultureInfo.InvariantCulture), least) is [var one]
        ? one : throw new WordsException($"{Named(name)}: expected one number, got '{Find(name)}'.");

    /// <summary>Whole numbers of at least <paramref name="least"/>, with commas between them.</summary>
    public IReadOnlyList<int> Counts(string name, string otherwise, int least = 1) => [.. (Find(name) ?? otherwise).Split(',').Select(text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? number
            : throw new WordsException($"{Named(name)}: expected a whole number from {least} on, got '{text}'."))];

    /// <summary>A number.</summary>
    public float Number(string name) => float.TryParse(Find(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw new WordsException($"{Named(name)}: expected a number, got '{Find(name)}'.");

    private static string Named(string name) => char.IsUpper(name[0]) ? name : $"--{name}";

    [GeneratedRegex(@"\[([A-Z]+)\]")]
    private static partial Regex Place();

    [GeneratedRegex(@"--(\w+) ")]
    private static partial Regex Option();

    [GeneratedRegex(@"\[--(\w+)\]")]
    private static partial Regex Flag();
}
