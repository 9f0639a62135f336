using System.Text.RegularExpressions;
using Sonde.Studies.Errors;

namespace Sonde.Running.Launching;

/// <summary>What the user asks of Slurm beside what Sonde works out. Every text is checked, because it becomes part of a line of the batch script.</summary>
internal sealed partial record SlurmRequest
{
    // Sonde finds its workers by the name, and the others would change what the script runs.
    private static readonly string[] OfSonde = ["array", "job-name", "wrap", "parsable", "test-only"];

    /// <summary>The most workers; null for one per unfinished trial, at most <see cref="UsualWorkers"/>.</summary>
    public int? Workers { get; init; }

    /// <summary>Workers that are submitted at most without <see cref="Workers"/>.</summary>
    public static int UsualWorkers => 100;

    /// <summary>Options of <c>sbatch</c> in their order, without the dashes: a key, and a value or null.</summary>
    public IReadOnlyList<(string Key, string? Value)> Options { get; init; } = [];

    /// <summary>Builds a request from what was typed.</summary>
    /// <param name="workers">The value of <c>--workers</c>.</param>
    /// <param name="partition">The value of <c>--partition</c>.</param>
    /// <param name="time">The value of <c>--time</c>.</param>
    /// <param name="account">The value of <c>--account</c>.</param>
    /// <param name="others">The values of <c>--sbatch</c>: <c>KEY=VALUE</c>, or <c>KEY</c> alone.</param>
    /// <exception cref="StudyException">A text is no option of <c>sbatch</c>, or one that Sonde sets itself.</exception>
    public static SlurmRequest Parse(int? workers, string? partition, string? time, string? account, IEnumerable<string> others)
    {
        var given = new List<(string Option, string Key, string? Value)>();
        foreach (var (key, value) in new[] { ("partition", partition), ("time", time), ("account", account) })
            if (value is not null)
                given.Add(($"--{key}", key, value));
        foreach (var text in others)
            given.Add(text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? ("--sbatch", text[..at], text[(at + 1)..]) : ("--sbatch", text, null));
        foreach (var (option, key, value) in given)
            Check(option, key, value);
        return new() { Workers = workers, Options = [.. given.Select(g => (g.Key, g.Value))] };
    }

    private static void Check(string option, string key, string? value)
    {
        if (!Key().IsMatch(key))
            throw new StudyException($"{option}: expected an option of sbatch without dashes, such as constraint=avx2, got '{Shown(key)}'. "
                + $"Write {option} KEY=VALUE.");
        // sbatch also reads the beginning of an option for the option.
        if (OfSonde.FirstOrDefault(own => own.StartsWith(key, StringComparison.Ordinal)) is { } own)
            throw new StudyException($"{option}: Sonde sets {own} itself. Leave {key} out"
                + (own == "array" ? ", and give the number of workers with --workers." : "."));
        if (value is not null && !Value().IsMatch(value))
            throw new StudyException($"{option}: expected a value of printable characters without blanks, quotes, # and backslashes, got '{Shown(value)}'. "
                + "Change it, or write that line into the script that --dry-run prints, and submit the script with sbatch.");
    }

    private static string Shown(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[!$-&(-\[\]-_a-~]+\z")]
    private static partial Regex Value();
}
