using System.Globalization;
using System.Text.RegularExpressions;
using Sonde.Records.Runs;

namespace Sonde.Soak;

/// <summary>The result of runs whose processes were killed many times.</summary>
/// <param name="Kills">Processes that were killed with SIGKILL.</param>
/// <param name="Runs">Runs that ended nevertheless.</param>
/// <param name="Resumes">How often a trial resumed at a checkpoint.</param>
/// <param name="DifferingBytes">Bytes of parameters and tables that are not those of a run that was never killed.</param>
/// <param name="Problems">All other problems, a sentence each.</param>
public sealed record KillReport(int Kills, int Runs, int Resumes, long DifferingBytes, IReadOnlyList<string> Problems)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kills} kills in {Runs} runs, {Resumes} resumes from a checkpoint: {DifferingBytes} differing bytes, {Problems.Count} problems"
        + string.Concat(Problems.Select(p => "\n  " + p));
}

/// <summary>Runs small studies, kills each process at a random instant until the run is done, and compares its files with those of a run that was never
/// killed.</summary>
/// <param name="folder">Where to run.</param>
/// <param name="seed">The seed of the random instants.</param>
/// <param name="progress">Receives the report after each run.</param>
public sealed partial class KillSoak(string folder, int seed, TextWriter progress)
{
    // In the first, pre-training, training and checkpoints take the time; in the second, opening and closing trials does.
    private static readonly string[] Studies =
    [
        """
        study: training
        data: {name: shapeset, side: 16}
        network: {hidden: 30x2}
        training: {updates: 500}
        pretraining: {method: denoising-autoencoder, updates: 200}
        probe: {every: 50, examples: 20}
        evaluate: {every: 100, examples: 20}
        checkpoint: {every: 60}
        """,
        """
        study: bookkeeping
        data: {name: shapeset, side: 16}
        network: {hidden: 8x2}
        training: {updates: 30}
        probe: {every: 5, examples: 10}
        evaluate: {every: 10, examples: 10}
        checkpoint: {every: 10}
        seeds: [1, 2, 3, 4, 5, 6]
        """,
    ];

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20), LatestKill = TimeSpan.FromSeconds(3);

    private readonly Random random = new(seed);
    private readonly List<string> problems = [];
    private readonly Dictionary<string, long> resumedAt = [];
    private int kills, resumes;

    /// <summary>Kills at least a number of processes, then lets the last run end.</summary>
    public KillReport Run(int atLeast)
    {
        Directory.CreateDirectory(folder);
        var studies = Studies.Select((text, index) => Prepare(text, $"study-{index}")).ToList();
        var (runs, differing) = (0, 0L);
        while (kills < atLeast)
        {
            var (study, whole) = studies[(runs + seed) % studies.Count];
            var directory = Path.Combine(folder, $"run-{runs++}");
            while (!RunOnce(study, directory, mayKill: kills < atLeast))
            {
            }
            differing += RecordedBytes.Differing(whole, directory);
            foreach (var trial in RunCheck.FromFolder(RunFolder.Open(directory)).Trials)
                Note(trial.LeftOver.Select(name => $"{directory}: {name} of {trial.Id} is left over"));
            progress.WriteLine(new KillReport(kills, runs, resumes, differing, problems));
            progress.Flush();
            Directory.Delete(directory, recursive: true);
        }
        return new(kills, runs, resumes, differing, problems);
    }

    private (string Study, string Whole) Prepare(string text, string name)
    {
        var (study, whole) = (Path.Combine(folder, $"{name}.yaml"), Path.Combine(folder, $"{name}-whole"));
        File.WriteAllText(study, text);
        using var process = new SondeProcess(study, whole, "--threads", "1");
        if (process.ExitCode() != 0)
            throw new InvalidOperationException($"{name}: the run that is never killed failed: {process.Words}");
        return (study, whole);
    }

    /// <summary>Starts a process on a run and kills it, or lets it end.</summary>
    /// <returns>True if it ended.</returns>
    private bool RunOnce(string study, string directory, bool mayKill)
    {
        var committed = Committed(directory);
        using var process = new SondeProcess(study, directory, "--threads", "1");
        if (mayKill)
        {
            // The delay begins when the process takes a trial, so that few kills hit the start of the program, and at every second kill when it has saved
            // a checkpoint, so that however slow the machine is some hit what comes after. As many delays are between 1 and 10 ms as between 100 ms and
            // a second.
            Func<string, HashSet<string>> seen = kills % 2 == 0 ? Leases : Checkpoints;
            var before = seen(directory);
            process.WaitFor(() => !seen(directory).IsSubsetOf(before), LongestStart);
            process.WaitFor(() => false, TimeSpan.FromMilliseconds(Math.Pow(LatestKill.TotalMilliseconds, random.NextDouble())));
        }
        var isKilled = mayKill && process.Kill();
        kills += isKilled ? 1 : 0;
        if (!isKilled && process.ExitCode() is var code and not 0)
            Note([$"{directory}: exit code {code}: {process.Words}"]);
        CheckResumes(process.Words, directory, committed);
        Note(Directory.Exists(directory) && isKilled ? Damage(directory) : []);
        return !isKilled;
    }

    /// <summary>Checks that every trial resumes at the update that it saved last before the kill, and so never before an earlier resume.</summary>
    private void CheckResumes(string words, string directory, Dictionary<string, long> committed)
    {
        foreach (Match match in Resumed().Matches(words))
        {
            var (id, update) = (match.Groups["id"].Value, long.Parse(match.Groups["update"].Value, CultureInfo.InvariantCulture));
            var (saved, before) = (committed.GetValueOrDefault(id), resumedAt.GetValueOrDefault($"{directory}/{id}", long.MinValue));
            resumes++;
            if (saved != update || before > update)
                Note([$"{directory}: {id} resumes at {update}, was saved at {saved}, resumed at {before} before"]);
            resumedAt[$"{directory}/{id}"] = update;
        }
        foreach (Match match in Damaged().Matches(words))
            Note([$"{directory}: {match.Value}"]);
    }

    private static IEnumerable<string> Damage(string directory) =>
        File.Exists(Path.Combine(directory, "study.yaml")) && RunCheck.FromFolder(RunFolder.Open(directory)) is { IsWhole: false } check
            ? [.. check.Damage, .. check.Trials.SelectMany(trial => trial.Damage)] : [];

    private static Dictionary<string, long> Committed(string directory) => !Directory.Exists(Path.Combine(directory, "trials")) ? [] :
        RunFolder.Open(directory) is var run ? run.Trials.ToDictionary(id => id, id => run.ReadManifest(id).Updates) : [];

    private static HashSet<string> Leases(string directory) => InTrials(directory, trial => Directory.EnumerateDirectories(trial, "claim-0*"));

    private static HashSet<string> Checkpoints(string directory) => InTrials(directory, trial => Path.Combine(trial, "checkpoint") is var folder
        && Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : []);

    private static HashSet<string> InTrials(string directory, Func<string, IEnumerable<string>> find) =>
        Path.Combine(directory, "trials") is var trials && Directory.Exists(trials) ? [.. Directory.EnumerateDirectories(trials).SelectMany(find)] : [];

    private void Note(IEnumerable<string> found) => problems.AddRange(found);

    [GeneratedRegex(@"^(?<id>\S+): resumes at update (?<update>-?\d+)$", RegexOptions.Multiline)]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^.*(damaged|starts again|returns).*$", RegexOptions.Multiline)]
    private static partial Regex Damaged();
}
