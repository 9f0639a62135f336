using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Records.Compacting;
using Sonde.Records.Leases;
using Sonde.Records.Runs;

namespace Sonde.Cli.Compact;

/// <summary><c>sonde compact</c>: joins the tables of finished trials into a few files.</summary>
internal static class CompactCommand
{
    private const int MostNamed = 4;

    public static Command Create()
    {
        var (directory, json) = (CommonOptions.RunFolder(), CommonOptions.Json());
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be joined, and change nothing." };
        var verb = new Verb("compact",
            "Joins the tables of finished trials into a few Parquet files, DIR/tables/TABLE/PART.parquet. All verbs read the folder as before, and the values "
                + "stay the same to the bit. The same command again continues one that was interrupted, and joins trials that have finished since.",
            "sonde compact runs/grid --dry-run",
            "sonde compact runs/grid",
            "duckdb -c \"select * from 'runs/grid/tables/curve/*.parquet'\"     # all trials at once")
        {
            directory, dryRun, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var run = RunFolder.Open(parsed.GetValue(directory)!);
            var compaction = await Interruptible.Run(() => new StudyCompaction(run), cancellation);
            IReadOnlyList<string> skipped = [];
            var plan = (compaction.Trials, compaction.Files, compaction.Bytes, compaction.Parts);
            if (!parsed.GetValue(dryRun) && !compaction.IsDone)
                skipped = await Interruptible.Run(token => compaction.Run(new LeaseTaker(TimeProvider.System),
                    done => Terminal.Notice($"{run.Directory}: {done:#,0} of {plan.Trials:#,0} trials"), token), cancellation);
            if (parsed.GetValue(json))
                Terminal.WriteJson(new JsonObject
                {
                    ["directory"] = run.Directory, ["isDryRun"] = parsed.GetValue(dryRun), ["trials"] = plan.Trials - skipped.Count, ["files"] = plan.Files,
                    ["bytes"] = plan.Bytes, ["parts"] = plan.Parts, ["unfinished"] = compaction.Unfinished,
                    ["unreadable"] = new JsonArray([.. compaction.Unreadable.Select(id => JsonValue.Create(id))]),
                    ["skipped"] = new JsonArray([.. skipped.Select(id => JsonValue.Create(id))]),
                });
            else
                Write(run, compaction, plan, skipped, parsed.GetValue(dryRun));
            return ExitCode.Done;
        });
        return verb;
    }

    private static void Write(
        RunFolder run, StudyCompaction compaction, (int Trials, int Files, long Bytes, int Parts) plan, IReadOnlyList<string> skipped, bool isDryRun)
    {
        if (plan.Trials == 0)
            Terminal.WriteLine($"{run.Directory}: nothing to join: "
                + (compaction.All == compaction.Unfinished ? "no trial is finished." : "the tables of all finished trials are joined already."));
        else
            Terminal.WriteLine($"{run.Directory}: the tables of {QuantityText.Count(plan.Trials - skipped.Count, "trial")} ({plan.Files:#,0} files, "
                + $"{plan.Bytes:#,0} bytes) {(isDryRun ? "would become" : "became")} {QuantityText.Count(plan.Parts, "file")} in "
                + $"{Path.Combine(run.Directory, "tables")}.");
        if (compaction.Unfinished > 0)
            Terminal.WriteLine($"{QuantityText.Count(compaction.Unfinished, "trial")} {(compaction.Unfinished == 1 ? "is" : "are")} not finished and "
                + $"{(compaction.Unfinished == 1 ? "keeps" : "keep")} separate files.");
        if (compaction.Unreadable.Count > 0)
            Terminal.WriteLine($"trial.json of {Names(compaction.Unreadable)} cannot be read, so rows that may be theirs stay in their files. 'sonde verify "
                + $"{run.Directory}' says what is wrong.");
        if (skipped.Count > 0)
            Terminal.WriteLine($"Another process writes {Names(skipped)}. Run the same command again when it has ended.");
    }

    private static string Names(IReadOnlyList<string> ids) =>
        $"{string.Join(", ", ids.Take(MostNamed))}{(ids.Count > MostNamed ? $" and {ids.Count - MostNamed} more" : "")}";
}
