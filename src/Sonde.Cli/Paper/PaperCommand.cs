using System.CommandLine;
using Sonde.Cli.Run;
using Sonde.Cli.Shell;
using Sonde.Cli.Svm;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Paper;
using Sonde.Records.Trials;
using Sonde.Running;

namespace Sonde.Cli.Paper;

/// <summary><c>sonde paper</c>: trains what the paper's figures, table and claims need, and writes the page that compares them with the paper.</summary>
internal static class PaperCommand
{
    private static readonly Option<string[]> Figure = new("--figure") { Description = "Only this figure; give it once for each", HelpName = "N" };
    private static readonly Option<string[]> Table = new("--table") { Description = "Only this table", HelpName = "N" };
    private static readonly Option<string[]> Claim = new("--claim") { Description = "Only this claim; give it once for each", HelpName = "NAME" };
    private static readonly Option<string> Scale = new("--scale")
    {
        Description = "quick: everything in half an hour on two cores; evening: some two hours; standard: a night; full: the paper's 5 million updates and "
            + "grids", HelpName = "NAME",
        DefaultValueFactory = _ => PaperScale.Quick,
    };
    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Folder for run folders, figures and page (default: runs/paper-SCALE)", HelpName = "DIR",
    };
    private static readonly Option<bool> List = new("--list") { Description = "List the items with the studies they need; run nothing" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Estimate time and disk; train and write nothing" };
    private static readonly Option<bool> NoTraining = new("--no-training") { Description = "Draw and judge what is recorded already; train nothing" };
    private static readonly Option<string?> DataDirectory = new("--data-dir")
    {
        Description = "Folder with datasets (default: SONDE_DATA, then the user's cache)", HelpName = "DIR",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on standard output when done" };

    public static Command Create()
    {
        Scale.AcceptOnlyFromAmong([.. PaperScale.Names]);
        var verb = new Verb("paper", "Reproduces Glorot and Bengio 2010: trains what its figures, table and claims need, and writes a page with each beside "
            + "what the paper reports. The same command again goes on where it stopped.",
            "sonde paper                                # everything, quick scale",
            "sonde paper --list",
            "sonde paper --figure 6 --figure 7          # two figures",
            "sonde paper --table 1 --scale standard",
            "sonde paper --claim chance",
            "sonde paper --scale full --dry-run         # how long, how much disk")
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
            return PaperItems.Estimate(studies, baseline, runs, options, parsed.GetValue(Json));
        if (scale != PaperScale.Quick && !parsed.GetValue(NoTraining))
            PaperItems.Foretell(studies, baseline, runs, options);
        if (parsed.GetValue(NoTraining))
            runs.NoteMissing(studies);
        var statuses = new List<string>();
        for (var k = 0; k < studies.Count && !parsed.GetValue(NoTraining); k++)
        {
            Console.Error.WriteLine($"{k + 1} of {studies.Count}: {studies[k]}, scale {scale}");
            if (await Train(studies[k], runs, options, statuses, cancellation) == ExitCode.Interrupted)
                return ExitCode.Interrupted;
        }
        if (baseline is not null && !parsed.GetValue(NoTraining)
            && await Task.Run(() => Fit(baseline, scale, cancellation), CancellationToken.None) == ExitCode.Interrupted)
            return ExitCode.Interrupted;
        var shown = PaperFolder.Write(items, runs, item => Console.Error.WriteLine($"{item.Item.Name}: {item.Result.Agreement.Words()}"));
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
        view.Notice($"then: {PaperBaseline.Name}, scale {scale}, on the {baseline.Examples:N0} examples of {PaperBaseline.Study}");
        try
        {
            baseline.Fit(Environment.ProcessorCount, TimeProvider.System, view.Notice, view.Show, cancellation);
        }
        catch (OperationCanceledException)
        {
            view.Notice("interrupted; fits that are done are kept, and the same command goes on from here");
            return ExitCode.Interrupted;
        }
        view.Clear();
        return ExitCode.Done;
    }

    /// <summary>Trains one study to its end; one whose data is missing is left out and says so in the items that need it.</summary>
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
        await view.Follow(runner.Trials, Task.Run(() => runner.Train(cancellation), CancellationToken.None));
        ErrorTrace.Write(runner.Failures);
        statuses.AddRange(runner.Trials.Select(trial => trial.Now.Status));
        if (!cancellation.IsCancellationRequested || runner.Trials.All(trial => TrialStatus.IsFinished(trial.Now.Status)))
            return ExitCode.Done;
        view.Notice("interrupted; everything is saved, and the same command goes on from here");
        return ExitCode.Interrupted;
    }
}
