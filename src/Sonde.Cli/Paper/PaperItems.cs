using System.Globalization;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Paper;
using Sonde.Running;
using Sonde.Running.Estimating;
using Sonde.Studies.Errors;
using Spectre.Console;

namespace Sonde.Cli.Paper;

/// <summary>Which items of the paper are meant, and how a terminal shows them.</summary>
internal static class PaperItems
{
    // A file of settings and errors, and one of answers.
    private const long BytesOfFit = 15_000;

    /// <summary>The items named; all where none is.</summary>
    /// <exception cref="StudyException">There is no such item.</exception>
    public static IReadOnlyList<PaperItem> Chosen(IReadOnlyList<string> figures, IReadOnlyList<string> tables, IReadOnlyList<string> claims)
    {
        (ItemKind Kind, string Key)[] named =
        [
            .. figures.Select(key => (ItemKind.Figure, key)), .. tables.Select(key => (ItemKind.Table, key)), .. claims.Select(key => (ItemKind.Claim, key)),
        ];
        foreach (var (kind, key) in named)
        {
            var keys = PaperList.All.Where(item => item.Kind == kind).Select(item => item.Key).ToList();
            if (!keys.Contains(key))
                throw new StudyException($"--{kind.ToString().ToLowerInvariant()}: expected one of {string.Join(", ", keys)}, got "
                    + $"'{key}'.{NameSuggestion.Hint(key, keys)} "
                    + "'sonde paper --list' lists them.");
        }
        return named.Length == 0 ? PaperList.All : [.. PaperList.All.Where(item => named.Contains((item.Kind, item.Key)))];
    }

    /// <summary>Lists items and the studies they need.</summary>
    public static int List(IReadOnlyList<PaperItem> items, PaperRuns runs, bool asJson)
    {
        if (asJson)
        {
            Terminal.WriteJson(new JsonObject
            {
                ["items"] = new JsonArray([.. items.Select(item => new JsonObject
                {
                    ["name"] = item.Name, ["title"] = item.Title, ["says"] = item.Says,
                    ["studies"] = new JsonArray([.. item.Studies.Select(study => JsonValue.Create(study))]),
                })]),
            });
            return ExitCode.Done;
        }
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("item", "", "studies");
        foreach (var item in items)
            table.AddRow(new Text(item.Name), new Text(item.Title), new Text(item.Studies.Count == 0 ? "computed, no run"
                : string.Join(", ", (string[])[.. item.Studies, .. item.NeedsBaseline ? [PaperBaseline.Name] : Array.Empty<string>()])));
        Terminal.Out.Write(table);
        foreach (var name in PaperList.StudiesOf(items))
        {
            var study = runs.StudyOf(name);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-24} at scale {runs.Scale}: {study.Trials.Count} trials, "
                + $"{study.Trials.Sum(trial => trial.Setting.Plan.Updates - trial.Setting.Begin):N0} updates"));
        }
        if (items.Any(item => item.NeedsBaseline))
        {
            var baseline = new PaperBaseline(runs);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PaperBaseline.Name,-24} at scale {runs.Scale}: "
                + $"{baseline.Grid.Count} support vector {(baseline.Grid.Count == 1 ? "machine" : "machines")} of {baseline.Examples:N0} examples"));
        }
        return ExitCode.Done;
    }

    /// <summary>Says how long everything would take here, and how much disk.</summary>
    public static int Estimate(IReadOnlyList<string> studies, PaperBaseline? baseline, PaperRuns runs, RunOptions options, bool asJson)
    {
        var jobs = Jobs(studies, baseline, runs, options);
        foreach (var sentence in jobs.SelectMany(job => job.Missing).Distinct())
            Console.Error.WriteLine(sentence);
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
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("study").AddColumn("trials").AddColumn("updates left").AddColumn("time left").AddColumn("disk when done");
        foreach (var job in jobs)
            table.AddRow(new Text(job.Name), new Text($"{job.Trials}"), new Text(job.Updates is { } updates ? QuantityText.Whole(updates) : "–"),
                new Text(QuantityText.Time(job.Seconds)), new Text(QuantityText.Size(job.Bytes)));
        Terminal.Out.Write(table);
        Console.Out.WriteLine(InAll(jobs, runs));
        return ExitCode.Done;
    }

    /// <summary>Says before a long run how long it would take here, and how much disk.</summary>
    public static void Foretell(IReadOnlyList<string> studies, PaperBaseline? baseline, PaperRuns runs, RunOptions options) =>
        Console.Error.WriteLine(InAll(Jobs(studies, baseline, runs, options), runs));

    /// <summary>A study or the baseline, and what is left of it; support vector machines count no updates.</summary>
    private sealed record Job(string Name, int Trials, long? Updates, double? Seconds, long? Bytes, IReadOnlyList<string> Missing);

    private static List<Job> Jobs(IReadOnlyList<string> studies, PaperBaseline? baseline, PaperRuns runs, RunOptions options)
    {
        var jobs = studies.Select(name =>
        {
            var estimate = new StudyEstimator(runs.StudyOf(name), runs.DirectoryOf(name), options, TimeProvider.System).Estimate();
            return new Job(name, estimate.Trials.Count, estimate.Updates, estimate.Seconds, estimate.Bytes, estimate.Missing);
        }).ToList();
        if (baseline is not null)
            jobs.Add(new(PaperBaseline.Name, baseline.Grid.Count, null, baseline.SecondsLeft(Environment.ProcessorCount, TimeProvider.System),
                baseline.Grid.Count * BytesOfFit, []));
        return jobs;
    }

    private static string InAll(IReadOnlyList<Job> jobs, PaperRuns runs) =>
        $"about {QuantityText.Time(jobs.Sum(job => job.Seconds ?? 0))} on this machine if it does nothing else, and "
            + $"{QuantityText.Size(jobs.Sum(job => job.Bytes ?? 0))} on disk, into {runs.Directory}; figures take some more of both";

    /// <summary>The verdicts, and where the page is.</summary>
    public static void Show(IReadOnlyList<ShownItem> items, PaperRuns runs)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("item", "verdict", "what was seen");
        foreach (var (item, result, _) in items)
            table.AddRow(new Text(item.Name), new Text(result.Agreement.Words()), new Text(result.Sentence));
        Terminal.Out.Write(table);
        Console.Out.WriteLine($"page     {Path.Combine(runs.Directory, PaperFolder.Page)}");
        Console.Out.WriteLine($"figures  {Path.Combine(runs.Directory, "figures")}");
    }
}
