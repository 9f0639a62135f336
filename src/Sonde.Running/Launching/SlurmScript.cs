using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sonde.Studies.Errors;

namespace Sonde.Running.Launching;

/// <summary>Writes the batch script of a study: an array of identical workers that share one run folder.</summary>
/// <remarks>Texts of the user appear in three places, each with its own rule: in lines for <c>sbatch</c>, which reads double quotes and backslashes; in the
/// one command line, where every word is in single quotes; in remarks, which no program reads. A path with a control character is refused.</remarks>
/// <param name="study">The study's name.</param>
/// <param name="directory">The run folder.</param>
internal sealed class SlurmScript(string study, string directory)
{
    /// <summary>The script's name in the run folder.</summary>
    public const string FileName = "slurm-worker.sh";

    // Slurm looks at its clock about once a minute, so the signal may come a minute early.
    private const int SecondsToSave = 120, DigestLength = 8;

    private readonly string directory = WithoutBackslash(Checked(Path.GetFullPath(directory)));

    /// <summary>The name of all jobs of this run folder, and of no other: the study's name and a digest of the folder's path.</summary>
    public string JobName { get; } = $"sonde-{Plain(study)}-"
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(directory))))[..DigestLength];

    /// <summary>Where workers write what they print; Slurm fills in the job and the number in the array.</summary>
    public string LogFolder => Path.Combine(directory, RunDirectory.SlurmFolderName);

    /// <summary>Returns the whole script.</summary>
    /// <param name="workers">Elements of the array, 1 or more.</param>
    /// <param name="needs">What each asks of the cluster.</param>
    /// <param name="request">What the user asks beside that; a key given there replaces Sonde's own.</param>
    /// <param name="command">The words of a worker's command line.</param>
    /// <param name="isFolderThere">False if the run folder does not exist yet. Slurm makes no folder for the logs.</param>
    /// <exception cref="StudyException">A word has a control character.</exception>
    public string Write(int workers, WorkerNeeds needs, SlurmRequest request, IReadOnlyList<string> command, bool isFolderThere = true)
    {
        var text = new StringBuilder("#!/bin/bash\n");
        text.Append(CultureInfo.InvariantCulture, $"# Workers for the study {Plain(study)}, written by 'sonde run --on slurm'.\n");
        text.Append("# All are alike: each trains trials that no other holds, in one run folder. Submit more of them at any time, such as five:\n");
        text.Append(CultureInfo.InvariantCulture, $"#     sbatch --array=1-5 {FileName}\n");
        if (!isFolderThere)
            text.Append("# The folder for the logs does not exist yet. Make it before you submit this script yourself:\n")
                .Append("#     mkdir -p ").Append(ShellWord(LogFolder)).Append('\n');
        text.Append('\n');
        foreach (var (key, value, reason) in Lines(workers, needs).Where(line => !request.Options.Any(option => option.Key == line.Key)))
        {
            if (reason is not null)
                text.Append("# ").Append(reason).Append('\n');
            Append(text, key, value);
        }
        if (request.Options.Count > 0)
            text.Append("# Asked for with the command:\n");
        foreach (var (key, value) in request.Options)
            Append(text, key, value);
        text.Append("\n# exec: the signal before the end of the time reaches the worker itself, which then saves.\nexec");
        foreach (var word in command)
            text.Append(' ').Append(ShellWord(word));
        return text.Append('\n').ToString();
    }

    private IEnumerable<(string Key, string? Value, string? Reason)> Lines(int workers, WorkerNeeds needs)
    {
        yield return ("job-name", JobName, null);
        yield return ("array", Number(1) + "-" + Number(workers), null);
        yield return ("output", Quoted(Path.Combine(LogFolder.Replace("%", "%%", StringComparison.Ordinal), "%A_%a.log")), null);
        yield return ("open-mode", "append", null);
        yield return ("nodes", "1", null);
        yield return ("ntasks", "1", null);
        yield return ("cpus-per-task", Number(needs.Threads), needs.ThreadsReason);
        if (needs.Megabytes is { } megabytes)
            yield return ("mem", Number(megabytes) + "M", needs.MemoryReason);
        if (needs.Time is { } time)
            yield return ("time", time.ToString(time.Days > 0 ? @"d\-hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture), needs.TimeReason);
        yield return ("signal", "B:TERM@" + Number(SecondsToSave), "A worker that gets SIGTERM saves. It comes two minutes before the time is over.");
        yield return ("requeue", null, "Slurm queues the workers of a node that fails again.");
    }

    private static void Append(StringBuilder text, string key, string? value) =>
        text.Append("#SBATCH --").Append(key).Append(value is null ? "" : "=" + value).Append('\n');

    /// <summary>Returns a word in single quotes, inside which a shell reads nothing.</summary>
    /// <exception cref="StudyException">It has a control character.</exception>
    public static string ShellWord(string word) => $"'{Checked(word).Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Returns a word as one would type it into a shell: in quotes if it needs them.</summary>
    public static string TypedWord(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:,@+".Contains(c, StringComparison.Ordinal))
        && word.Length > 0 ? word : ShellWord(word);

    // How sbatch reads a value: blanks and # count inside double quotes, and a backslash makes the next character literal.
    private static string Quoted(string path) => $"\"{path.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    // A backslash in the path of a log makes Slurm take %A for part of the name.
    private static string WithoutBackslash(string path) => !path.Contains('\\', StringComparison.Ordinal) ? path
        : throw new StudyException($"'{path}' has a backslash, which Slurm does not accept in the path of a log. Use another run folder with --out.");

    private static string Plain(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Checked(string word) => !word.Any(char.IsControl) ? word
        : throw new StudyException($"'{string.Concat(word.Select(c => char.IsControl(c) ? '?' : c))}' has a line end or another control character, which a "
            + "batch script cannot hold. Write it without that.");
}
