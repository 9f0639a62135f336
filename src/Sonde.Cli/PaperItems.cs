using System.Globalization;
using System.Text.Json.Nodes;
using Sonde.Paper;
using Sonde.Studies;
using Sonde.Studies.Estimating;
using Spectre.Console;

namespace Sonde.Cli;

/// <summary>Which items of the paper are meant, and how a terminal shows them.</summary>
internal static class PaperItems
{
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
                    + $"'{key}'.{Nearest.Hint(key, keys)} "
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
            table.AddRow(new Text(item.Name), new Text(item.Title), new Text(item.Studies.Count == 0 ? "computed, no run" : string.Join(", ", item.Studies)));
        Terminal.Out.Write(table);
        foreach (var name in PaperList.StudiesOf(items))
        {
            var study = runs.StudyOf(name);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-24} at scale {runs.Scale}: {study.Trials.Count} trials, {study.Trials.Sum(trial => trial.Setting.Plan.Updates - trial.Setting.Begin):N0} updates"));
        }
        return ExitCode.Done;
    }

    /// <summary>Says how long everything would take here, and how much disk.</summary>
    public static int Estimate(IReadOnlyList<string> studies, PaperRuns runs, RunOptions options, bool asJson)
    {
        var estimates = Estimates(studies, runs, options);
        foreach (var sentence in estimates.SelectMany(e => e.Estimate.Missing).Distinct())
            Console.Error.WriteLine(sentence);
        if (asJson)
        {
            Terminal.WriteJson(new JsonObject
            {
                ["scale"] = runs.Scale, ["directory"] = runs.Directory,
                ["secondsLeft"] = Terminal.Number(estimates.Sum(e => e.Estimate.Seconds ?? 0)), ["bytes"] = estimates.Sum(e => e.Estimate.Bytes ?? 0),
                ["studies"] = new JsonArray([.. estimates.Select(e => new JsonObject
                {
                    ["study"] = e.Name, ["trials"] = e.Estimate.Trials.Count, ["updatesLeft"] = e.Estimate.Updates,
                    ["secondsLeft"] = Terminal.Number(e.Estimate.Seconds), ["bytes"] = e.Estimate.Bytes,
                })]),
            });
            return ExitCode.Done;
        }
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("study").AddColumn("trials").AddColumn("updates left").AddColumn("time left").AddColumn("disk when done");
        foreach (var (name, estimate) in estimates)
            table.AddRow(new Text(name), new Text($"{estimate.Trials.Count}"), new Text(EstimateView.Whole(estimate.Updates)),
                new Text(EstimateView.Time(estimate.Seconds)), new Text(EstimateView.Size(estimate.Bytes)));
        Terminal.Out.Write(table);
        Console.Out.WriteLine(InAll(estimates, runs));
        return ExitCode.Done;
    }

    /// <summary>Says before a long run how long it would take here, and how much disk.</summary>
    public static void Foretell(IReadOnlyList<string> studies, PaperRuns runs, RunOptions options) =>
        Console.Error.WriteLine(InAll(Estimates(studies, runs, options), runs));

    private static List<(string Name, StudyEstimate Estimate)> Estimates(IReadOnlyList<string> studies, PaperRuns runs, RunOptions options) =>
        [.. studies.Select(name => (name, new StudyEstimator(runs.StudyOf(name), runs.DirectoryOf(name), options, TimeProvider.System).Estimate()))];

    private static string InAll(IReadOnlyList<(string Name, StudyEstimate Estimate)> estimates, PaperRuns runs) =>
        $"about {EstimateView.Time(estimates.Sum(e => e.Estimate.Seconds ?? 0))} on this machine if it does nothing else, and "
            + $"{EstimateView.Size(estimates.Sum(e => e.Estimate.Bytes ?? 0))} on disk, into {runs.Directory}; figures take some more of both";

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
