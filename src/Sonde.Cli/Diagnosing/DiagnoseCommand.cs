using System.CommandLine;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Trials;
using Sonde.Cli.Shell;
using Sonde.Records.Files;
using Sonde.Records.Runs;

namespace Sonde.Cli.Diagnosing;

/// <summary><c>sonde diagnose</c>: what keeps the trials of a run folder from learning, causes first.</summary>
internal static class DiagnoseCommand
{
    public static Command Create()
    {
        var (directory, json) = (CommonOptions.RunFolder(), CommonOptions.Json());
        var named = new Argument<string?>("TRIAL") { Description = "One trial, by its id; all, if it is left out", Arity = ArgumentArity.ZeroOrOne };
        var verb = new Verb("diagnose", "Says what keeps a network from learning: the causes first, then their consequences, with the numbers behind them. It "
            + "reads the records, also while a trial is trained, and trains nothing unless --prove asks for it.",
            "sonde diagnose runs/first-look", "sonde diagnose runs/first-look tanh-normalized-lr0.01-s1", "sonde diagnose runs/first-look --json",
            "sonde diagnose runs/first-look TRIAL --prove --apply mended.yaml   # try the remedies, and write the study with the best one")
        {
            directory, named, json,
        };
        foreach (var option in ProveOptions.All)
            verb.Add(option);
        verb.SetAction(async (parsed, cancellation) =>
        {
            var run = await Interruptible.Run(() => RunFolder.Open(parsed.GetValue(directory)!), cancellation);
            var read = await Interruptible.Run(() => Read(run, parsed.GetValue(named), cancellation), cancellation);
            var trials = await ProveOptions.Follow(parsed, parsed.GetValue(directory)!, read, cancellation);
            if (parsed.GetValue(json))
                Terminal.WriteJson(DiagnosisJson.Of(run, trials));
            else
                DiagnosisText.Write(trials);
            return ExitCode.Done;
        });
        return verb;
    }

    private static List<DiagnosedTrial> Read(RunFolder run, string? id, CancellationToken cancellation)
    {
        var found = RunContents.Read(run);
        if (id is not null && found.All(trial => trial.Id != id))
            throw new RecordException($"{run.Directory} has no trial '{id}'; it has {string.Join(", ", found.Take(5).Select(trial => trial.Id))}"
                + $"{(found.Count > 5 ? $" and {found.Count - 5} more" : "")}. Correct the name, or leave it out for all trials.");
        var trials = new List<DiagnosedTrial>();
        foreach (var trial in found.Where(trial => id is null || trial.Id == id))
        {
            cancellation.ThrowIfCancellationRequested();
            trials.Add(Read(run, trial, isAlone: id is not null || found.Count == 1));
        }
        return trials;
    }

    private static DiagnosedTrial Read(RunFolder run, FoundTrial found, bool isAlone)
    {
        if (found.Manifest is null)
            return new(found, null, found.Message ?? "It has not begun.");
        try
        {
            var records = run.ReadStatistics(found.Id);
            var (verdict, history) = (TrialFacts.VerdictOf(records), TrialFacts.HistoryOf(records));
            return new(found, verdict, null) { Remedies = new(verdict, history, null), History = isAlone ? history : null };
        }
        catch (Exception unreadable) when (unreadable is RecordException or FormatException)
        {
            return new(found, null, unreadable.Message);
        }
    }
}
