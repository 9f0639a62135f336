using System.CommandLine;
using Sonde.Cli.Run;
using Sonde.Cli.Shell;
using Sonde.Cli.Svm;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Paper;
using Sonde.Paper.Verdicts;
using Sonde.Records.Trials;
using Sonde.Running;

namespace Sonde.Cli.Paper;

/// <summary><c>sonde paper</c>: trains what the paper's figures, table and claims need, and writes the page that compares them with the paper.</summary>
internal static class PaperCommand
{
    private static readonly Option<string[]> Figure = new("--figure") { Description = "Only this figure. Repeat the option for more.", HelpName = "N" };
    private static readonly Option<string[]> Table = new("--table") { Description = "Only this table.", HelpName = "N" };
    private static readonly Option<string[]> Claim = new("--claim") { Description = "Only this claim. Repeat the option for more.", HelpName = "NAME" };
    private static readonly Option<string> Scale = CommonOptions.OneOf("--scale",
        "On two cores, quick takes half an hour, evening two hours, standard a night; full is the size of the paper's figures: 2.5 million updates per trial",
        PaperScale.Names, PaperScale.Quick);
    private static readonly Option<string?> Out =
        CommonOptions.Folder("--out", "The folder for run folders, figures and the page (default: runs/paper-SCALE).");
    private static readonly Option<bool> List = new("--list") { Description = "List the items and the studies they need. Run nothing." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Estimate time and disk space. Write nothing." };
    private static readonly Option<bool> NoTraining = new("--no-training") { Description = "Compare and draw what is recorded already. Train nothing." };
    private static readonly Option<string?> DataDirectory = CommonOptions.DataDirectory();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var verb = new Verb("paper", "Reproduces Glorot and Bengio 2010: trains what the figures, the table and the claims of the paper need, and writes a "
            + "page "
            + "that shows each beside the paper's result. The same command again continues where it stopped.",
            "sonde paper                          # everything, at quick scale",
            "sonde paper --list",
            "sonde paper --figure 6 --figure 7",
            "sonde paper --table 1 --scale standard",
            "sonde paper --claim chance",
            "sonde paper --scale full --dry-run   # how long, how much disk")
        {
            Figure, Table, Claim, Scale, Out, List, DryRun, NoTraining, DataDirectory, Json,
        };
        verb.SetAction((ParseResult parsed, CancellationToken cancellation) => Run(parsed, cancellation));
        return verb;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var items = PaperItems.Chosen(parsed.GetValue(Figure) ?? [], parsed.GetValue(Table) ?? [], parsed.GetValue(Claim) ?? []);
        var scale = parsed.GetValue(Scale)!;
        var options = new RunOptions { Data = DataFolder.OfUser(parsed.GetValue(DataDirectory)) };
        var runs = new PaperRuns(parsed.GetValue(Out) ?? Path.Combine("runs", $"paper-{scale}"), scale, options.Data);
        if (parsed.GetValue(List))
            return PaperItems.List(items, runs, parsed.GetValue(Json));
        var studies = PaperList.StudiesOf(items);
        var baseline = items.Any(item => item.NeedsBaseline) ? new PaperBaseline(runs) : null;
        if (parsed.GetValue(DryRun))
            return await Interruptible.Run(() => PaperEstimate.Show(studies, baseline, runs, options, parsed.GetValue(Json)), cancellation);
        if (!parsed.GetValue(NoTraining))
            Terminal.Notice(await Interruptible.Run(() => PaperEstimate.Sentence(studies, baseline, runs, options), cancellation));
        if (parsed.GetValue(NoTraining))
            runs.NoteMissing(studies);
        var statuses = new List<string>();
        for (var k = 0; k < studies.Count && !parsed.GetValue(NoTraining); k++)
        {
            Terminal.Notice($"{k + 1} of {studies.Count}: {studies[k]}, scale {scale}");
            if (await Train(studies[k], runs, options, statuses, cancellation) == ExitCode.Interrupted)
                return ExitCode.Interrupted;
        }
        if (baseline is not null && !parsed.GetValue(NoTraining)
            && await Task.Run(() => Fit(baseline, scale, cancellation), CancellationToken.None) == ExitCode.Interrupted)
            return ExitCode.Interrupted;
        var shown = await Interruptible.Run(
            () => PaperFolder.Write(items, runs, item => Terminal.Notice($"{item.Item.Name}: {item.Result.Agreement.Words()}")), cancellation);
        if (parsed.GetValue(Json))
            Terminal.WriteJson(PaperFolder.ToJson(shown, runs));
        else
            PaperItems.Show(shown, runs);
        return ExitCode.Of(statuses);
    }

    /// <summary>Trains the support vector machines that are missing.</summary>
    private static int Fit(PaperBaseline baseline, string scale, CancellationToken cancellation)
    {
        var view = new SvmView(TimeProvider.System);
        view.Notice($"last: {PaperBaseline.Name}, scale {scale}, on the {baseline.Examples:N0} examples of {PaperBaseline.Study}");
        try
        {
            baseline.Fit(Environment.ProcessorCount, TimeProvider.System, view.Notice, view.Show, cancellation);
        }
        catch (OperationCanceledException)
        {
            view.Notice("interrupted; finished fits are saved, and the same command continues from here");
            return ExitCode.Interrupted;
        }
        view.Clear();
        return ExitCode.Done;
    }

    /// <summary>Trains one study to its end. If its data is missing, the study is left out, and the items that need it say so.</summary>
    private static async Task<int> Train(string name, PaperRuns runs, RunOptions options, List<string> statuses, CancellationToken cancellation)
    {
        var view = RunView.Open();
        StudyRunner runner;
        try
        {
            runner = new StudyRunner(runs.StudyOf(name), runs.DirectoryOf(name), options, TimeProvider.System, view.Notice);
        }
        catch (DataException missing)
        {
            view.Notice($"{name} is left out: {missing.Message}");
            runs.Missing[name] = missing.Message;
            return ExitCode.Done;
        }
        // Not given the token: on a signal the trials save themselves first, then the task ends by itself.
        await view.Follow(runner.Trials, () => runner.Train(cancellation));
        ErrorTrace.Write(runner.Failures);
        statuses.AddRange(runner.Trials.Select(trial => trial.Now.Status));
        if (!cancellation.IsCancellationRequested || runner.Trials.All(trial => TrialStatus.IsFinished(trial.Now.Status)))
            return ExitCode.Done;
        view.Notice("interrupted; everything is saved, and the same command continues from here");
        return ExitCode.Interrupted;
    }
}
