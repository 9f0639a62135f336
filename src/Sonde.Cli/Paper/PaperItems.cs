using System.Globalization;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Numerics.Checks;
using Sonde.Paper;
using Sonde.Paper.Verdicts;
using Sonde.Studies.Errors;

namespace Sonde.Cli.Paper;

/// <summary>Chooses items of the paper by name, and lists them.</summary>
internal static class PaperItems
{
    /// <summary>Returns the named items, or all if none is named.</summary>
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

    /// <summary>Writes the items and the studies they need.</summary>
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
        var table = new ResultTable(new("item"), new("what it shows", IsProse: true), new("studies"));
        foreach (var item in items)
            table.Add(item.Name, item.Title, item.Studies.Count == 0 ? "computed, no run"
                : string.Join(", ", (string[])[.. item.Studies, .. item.NeedsBaseline ? [PaperBaseline.Name] : Array.Empty<string>()]));
        table.Write();
        foreach (var name in PaperList.StudiesOf(items))
        {
            var study = runs.StudyOf(name);
            Terminal.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-24} at scale {runs.Scale}: {study.Trials.Count} trials, "
                + $"{study.Trials.Sum(trial => trial.Setting.Plan.Updates - trial.Setting.Begin):N0} updates"));
        }
        if (items.Any(item => item.NeedsBaseline))
        {
            var baseline = new PaperBaseline(runs);
            Terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{PaperBaseline.Name,-24} at scale {runs.Scale}: "
                + $"{baseline.Grid.Count} support vector {(baseline.Grid.Count == 1 ? "machine" : "machines")} of {baseline.Examples:N0} examples"));
        }
        return ExitCode.Done;
    }

    /// <summary>Writes the verdicts, and where the page is.</summary>
    public static void Show(IReadOnlyList<ShownItem> items, PaperRuns runs)
    {
        var table = new ResultTable(new("item"), new("verdict"), new("what Sonde measured", IsProse: true));
        foreach (var (item, result, _) in items)
            table.Add(item.Name, result.Agreement.Words(), result.Sentence);
        table.Write();
        Terminal.WriteLine($"page     {Path.Combine(runs.Directory, PaperFolder.Page)}");
        Terminal.WriteLine($"figures  {Path.Combine(runs.Directory, "figures")}");
    }
}
