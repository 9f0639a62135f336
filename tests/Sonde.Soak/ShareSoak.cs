using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Soak;

/// <summary>The result of a study that several processes worked on.</summary>
/// <param name="Processes">Processes that were started at once.</param>
/// <param name="Trials">Trials of the study.</param>
/// <param name="Problems">Trials that were lost, done twice or damaged, and processes that failed.</param>
public sealed record ShareReport(int Processes, int Trials, IReadOnlyList<string> Problems)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Processes} processes on {Trials} trials: {Problems.Count} lost, done twice or damaged{string.Concat(Problems.Select(p => "\n  " + p))}";
}

/// <summary>Starts several processes on one study of tiny trials at once, and looks for trials that were lost or done twice.</summary>
/// <param name="folder">Where to run.</param>
public sealed class ShareSoak(string folder)
{
    /// <summary>The run folder, for further checks.</summary>
    public string RunDirectory => Path.Combine(folder, "shared");

    /// <summary>Runs the study.</summary>
    public ShareReport Run(int processes, int trials, TextWriter progress)
    {
        Directory.CreateDirectory(folder);
        var study = Path.Combine(folder, "shared.yaml");
        File.WriteAllText(study, $$"""
            study: shared
            data: {name: shapeset, side: 16}
            network: {hidden: 8x2}
            training: {updates: 30}
            probe: {every: 10, examples: 10}
            evaluate: {every: 10, examples: 10}
            checkpoint: {every: 10}
            seeds: [{{string.Join(", ", Enumerable.Range(1, trials))}}]
            """);
        var started = Enumerable.Range(0, processes).Select(_ => new SondeProcess(study, RunDirectory, "--threads", "1")).ToList();
        var problems = new List<string>();
        foreach (var process in started)
        {
            if (process.ExitCode() is var code and not 0)
                problems.Add($"a process ended with {code}: {process.Words}");
            progress.WriteLine($"{started.Count(p => p.HasEnded)} of {processes} processes have ended");
        }
        started.ForEach(process => process.Dispose());
        var run = RunFolder.Open(RunDirectory);
        var check = RunCheck.FromFolder(run);
        problems.AddRange(check.Damage);
        foreach (var trial in check.Trials)
            problems.AddRange(trial.Damage.Concat(trial.LeftOver.Select(name => $"{trial.Id}: {name} is left over")));
        var manifests = run.Trials.Select(run.ReadManifest).ToList();
        // A trial that two processes took up has a higher number of attempts.
        problems.AddRange(manifests.Where(m => (m.Status, m.Attempt, m.Updates) != (TrialStatus.Done, 1, 30))
            .Select(m => $"{m.Id} is {m.Status} at {m.Updates} after {m.Attempt} attempts"));
        if (manifests.Count != trials)
            problems.Add($"there are {manifests.Count} trials instead of {trials}");
        return new(processes, trials, problems);
    }
}
