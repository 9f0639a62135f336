using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Paper;
using Sonde.Running;
using Sonde.Running.Estimating;

namespace Sonde.Cli.Paper;

/// <summary>How long <c>sonde paper</c> would still take on this machine, and how much disk.</summary>
internal static class PaperEstimate
{
    // A file of settings and errors, and one of answers.
    private const long BytesOfFit = 15_000;

    private const int MostTimed = 1;

    /// <summary>Writes a row for each study, and the sum.</summary>
    public static int Show(IReadOnlyList<string> studies, PaperBaseline? baseline, PaperRuns runs, RunOptions options, bool asJson)
    {
        var jobs = Jobs(studies, baseline, runs, options);
        foreach (var sentence in jobs.SelectMany(job => job.Missing).Distinct())
            Terminal.Notice($"No estimate: {sentence}");
        if (asJson)
        {
            Terminal.WriteJson(new JsonObject
            {
                ["scale"] = runs.Scale, ["directory"] = runs.Directory,
                ["secondsLeft"] = Terminal.Number(jobs.Sum(job => job.Seconds ?? 0)), ["bytes"] = jobs.Sum(job => job.Bytes ?? 0),
                ["studies"] = new JsonArray([.. jobs.Select(job => new JsonObject
                {
                    ["study"] = job.Name, ["trials"] = job.Trials, ["updatesLeft"] = job.Updates,
                    ["secondsLeft"] = Terminal.Number(job.Seconds), ["bytes"] = job.Bytes,
                })]),
            });
            return ExitCode.Done;
        }
        var table = new ResultTable(new("study"), new("trials", IsNumber: true), new("updates left", IsNumber: true), new("time left", IsNumber: true),
            new("disk when done", IsNumber: true));
        foreach (var job in jobs)
            table.Add(job.Name, $"{job.Trials}", job.Updates is { } updates ? QuantityText.Whole(updates) : "-", QuantityText.Time(job.Seconds),
                QuantityText.Size(job.Bytes));
        table.Write();
        Terminal.WriteLine(Sentence(jobs, runs));
        return ExitCode.Done;
    }

    /// <summary>Returns a sentence with the time and the disk space that all studies would still take.</summary>
    public static string Sentence(IReadOnlyList<string> studies, PaperBaseline? baseline, PaperRuns runs, RunOptions options) =>
        Sentence(Jobs(studies, baseline, runs, options), runs);

    private static string Sentence(IReadOnlyList<Job> jobs, PaperRuns runs) =>
        $"Scale {runs.Scale}: about {QuantityText.Time(jobs.Sum(job => job.Seconds ?? 0))} on this machine if nothing else runs, and "
            + $"{QuantityText.Size(jobs.Sum(job => job.Bytes ?? 0))} on disk, into {runs.Directory}; the figures take a little more of both.";

    private static List<Job> Jobs(IReadOnlyList<string> studies, PaperBaseline? baseline, PaperRuns runs, RunOptions options)
    {
        // All studies together, so that the answer comes within seconds.
        var timings = new SharedTimings(MostTimed);
        var jobs = studies.Select(name =>
        {
            var estimate = new StudyEstimator(runs.StudyOf(name), runs.DirectoryOf(name), options, TimeProvider.System, timings).Estimate();
            return new Job(name, estimate.Trials.Count, estimate.Updates, estimate.Seconds, estimate.Bytes, estimate.Missing);
        }).ToList();
        if (baseline is not null)
            jobs.Add(new(PaperBaseline.Name, baseline.Grid.Count, null, baseline.SecondsLeft(Environment.ProcessorCount, TimeProvider.System),
                baseline.Grid.Count * BytesOfFit, []));
        return jobs;
    }

    /// <summary>A study or the baseline, and what is left of it; support vector machines count no updates.</summary>
    private sealed record Job(string Name, int Trials, long? Updates, double? Seconds, long? Bytes, IReadOnlyList<string> Missing);
}
