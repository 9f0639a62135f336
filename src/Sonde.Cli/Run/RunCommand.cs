using System.CommandLine;
using Sonde.Analysis.Contents;
using Sonde.Cli.Reports;
using Sonde.Cli.Shell;
using Sonde.Cli.Status;
using Sonde.Cli.Trials;
using Sonde.Data.Fetching;
using Sonde.Figures;
using Sonde.Interop.Weights;
using Sonde.Networks;
using Sonde.Paper.Curves;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Trials;
using Sonde.Running;
using Sonde.Running.Estimating;
using Sonde.Studies;

namespace Sonde.Cli.Run;

/// <summary><c>sonde run</c>: trains every trial of a study, or continues where it stopped.</summary>
internal static class RunCommand
{
    private const int Most = 1024, MostSentences = 100;

    private static readonly Argument<string> Study =
        CommonOptions.Path<string>("STUDY|DIR", "A built-in study ('sonde studies' lists them), a study file, or a run folder to continue.",
            ArgumentArity.ExactlyOne);
    private static readonly Option<string?> Out =
        CommonOptions.Folder("--out", "The run folder (default: runs/ and the study's name, with what --set and --scale change).");
    private static readonly Option<string[]> Set =
        new("--set") { Description = "Change one field of the study. Repeat the option for more fields.", HelpName = "PATH=VALUE" };
    private static readonly Option<string?> Scale =
        new("--scale") { Description = "One of the sizes that the study lists under 'scales', such as quick.", HelpName = "NAME" };
    private static readonly Option<long?> MoreUpdates = CommonOptions.OptionalLongCount("--more-updates",
        "Train every trial of the run folder for N more updates, to the same bytes as a run that long from the start. After an interruption the same "
            + "command finishes them and adds no more.", 1_000_000_000_000);
    private static readonly Option<int?> Threads = CommonOptions.OptionalCount("--threads",
        "Threads per trial (default: the fastest number here, or the cores divided by --parallel). Results do not depend on it.", Most);
    private static readonly Option<int?> Parallel = CommonOptions.OptionalCount("--parallel",
        "Trials that train at the same time (default: the fastest number here, or 1 with --threads).", Most);
    private static readonly Option<string?> DataDirectory = CommonOptions.DataDirectory();
    private static readonly Option<int?> TakeOver = CommonOptions.OptionalCount("--take-over",
        $"Take over a trial of another process that has given no sign of life for N seconds (default: {LeaseTaker.UsualPatience.TotalSeconds:0}).", Most);
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "List the trials, and estimate time and disk space. Write nothing." };
    private static readonly Option<bool> Worker = new("--worker")
    {
        Description = "Train as one of many processes that a scheduler started: exit code 0 if no trial is left to train, also if some diverged.",
    };
    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Read every table of finished trials, and train those with a damaged one again. A study of at most 500 trials is always checked.",
    };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var verb = new Verb("run", "Trains every trial of a study and writes the records, figures and a report into a run folder. The same command again "
            + "continues where it stopped. Several processes, on one machine or on a shared folder, share the work. Ctrl-C saves and stops.",
            "sonde run first-look",
            "sonde run first-look --set training.updates=500   # into runs/first-look-updates-500",
            "sonde run mine.yaml --set 'training.learningRate=[0.01, 0.1]'",
            "sonde run paper/shapeset --scale quick",
            "sonde run runs/first-look            # continue what is in that folder",
            "sonde run first-look --more-updates 2000   # train longer what is there",
            "sonde run mine.yaml --dry-run        # which trials, how long, how much disk",
            "sonde run first-look --json > result.json",
            "sonde run mine.yaml --on slurm --partition long   # an array of workers, submitted at once",
            "sonde run mine.yaml --on slurm --dry-run          # the batch script, on any machine")
        {
            Study, Scale, Out, Set, MoreUpdates, Threads, Parallel, TakeOver, DataDirectory, Check, Worker,
        };
        foreach (var option in SlurmOptions.All)
            verb.Add(option);
        verb.Add(DryRun);
        verb.Add(Json);
        verb.SetAction((ParseResult parsed, CancellationToken cancellation) => Run(parsed, cancellation));
        return verb;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var target = await Interruptible.Run(
            () => RunTarget.Open(parsed.GetValue(Study)!, parsed.GetValue(Set) ?? [], parsed.GetValue(Scale), parsed.GetValue(Out)), cancellation);
        foreach (var remark in target.Study.Remarks)
            Terminal.Notice(remark);
        var options = new RunOptions
        {
            Data = DataFolder.OfUser(parsed.GetValue(DataDirectory)), ReadWeights = WeightsOf, Threads = parsed.GetValue(Threads),
            Parallel = parsed.GetValue(Parallel),
            TakeOverAfter = parsed.GetValue(TakeOver) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            ChecksFinished = parsed.GetValue(Check),
        };
        var slurm = SlurmOptions.Find(parsed);
        if (parsed.GetValue(DryRun))
        {
            if (parsed.GetValue(MoreUpdates) is { } planned)
                target = target.PlanMore(planned);
            if (slurm is not null)
                return await new SlurmLaunch(target.Study, target.Directory, slurm, options, WordsOf(parsed, target)).Show(cancellation);
            var estimator = new StudyEstimator(target.Study, target.Directory, options, TimeProvider.System);
            return EstimateView.Show(target.Study, target.Directory, await Interruptible.Run(estimator.Estimate, cancellation), parsed.GetValue(Json));
        }
        var view = RunView.Open();
        if (parsed.GetValue(MoreUpdates) is { } more)
            target = await Interruptible.Run(() => target.BeginMore(more, view.Notice), cancellation);
        var (study, directory, _) = target;
        if (slurm is not null)
            return await new SlurmLaunch(study, directory, slurm, options, WordsOf(parsed, target)).Submit(parsed.GetValue(Json), cancellation);
        var runner = await Interruptible.Run(() => new StudyRunner(study, directory, options, TimeProvider.System, view.Notice), cancellation);
        view.Notice($"{study.Name}: {QuantityText.Count(study.Trials.Count, "trial")} into {directory}");
        // Not given the token: on a signal the trials save themselves first, then the task ends by itself.
        var hadWork = runner.Trials.Any(t => !TrialStatus.IsFinished(t.Now.Status));
        await view.Follow(runner.Trials, () => runner.Train(cancellation));
        ErrorTrace.Write(runner.Failures);
        if (runner.Trials.Any(t => !TrialStatus.IsFinished(t.Now.Status)) && cancellation.IsCancellationRequested)
        {
            view.Notice("interrupted; everything is saved, and the same command continues from here");
            return ExitCode.Interrupted;
        }
        if (!parsed.GetValue(Worker))
            return await Finish(runner, hadWork, parsed.GetValue(Json), view, cancellation);
        var areFinished = runner.Trials.All(trial => TrialStatus.IsFinished(trial.Now.Status));
        // Workers that start after the end have nothing to add to the figures.
        var code = hadWork || !areFinished ? await Finish(runner, hadWork, parsed.GetValue(Json), view, cancellation) : ExitCode.Done;
        // A scheduler calls an array failed if one of its workers ends with another code; a trial that diverged is a result.
        return code == ExitCode.SomeTrialsFailed && areFinished ? ExitCode.Done : code;
    }

    /// <summary>The words that begin this run in any folder.</summary>
    private static IReadOnlyList<string> WordsOf(ParseResult parsed, RunTarget target)
    {
        var name = parsed.GetValue(Study)!;
        return
        [
            StudyList.Names.Contains(name) ? name : Path.GetFullPath(name),
            .. (parsed.GetValue(Set) ?? []).SelectMany(change => (string[])["--set", change]),
            .. parsed.GetValue(Scale) is { } scale ? (string[])["--scale", scale] : [],
            "--out", Path.GetFullPath(target.Directory),
        ];
    }

    /// <summary>Reads a file of weights for the network that starts from it.</summary>
    public static Parameters WeightsOf(string path, Network network) => DenseNetwork.Read(path, []).For(network);

    private static async Task<int> Finish(StudyRunner runner, bool hadWork, bool asJson, RunView view, CancellationToken cancellation)
    {
        var index = new RunIndex(runner.Run);
        await Interruptible.Run(() => index.Refresh(), cancellation);
        var found = index.Trials;
        var kept = hadWork ? null : ReportCommand.FindCurrent(runner.Run, index.LastWritten);
        if (kept is not null)
            view.Notice($"{kept}: no trial has changed since it was drawn; 'sonde report {runner.Run.Directory}' draws it again");
        var (report, isDrawn) = kept is not null ? (null, true) : await Draw(runner, found, view, cancellation);
        // A sentence about each of thousands of trials helps nobody; a program may want them.
        var trials = asJson || found.Count <= MostSentences
            ? await Interruptible.Run(() => LoadedTrial.ReadAll(runner.Run, found, null, cancellation), cancellation) : LoadedTrial.WithoutTables(found);
        if (asJson)
            Terminal.WriteJson(RunJson.Of(runner.Run, trials, report?.Report ?? kept));
        else
            TrialTable.Write(runner.Run.Study, trials, StatusCommand.OfAll(runner.Run));
        if (report is not null && !asJson)
            ReportCommand.WritePaths(report);
        // Not before the figures are drawn: until then the same command with --more-updates must add none.
        if (isDrawn && runner.Trials.All(trial => TrialStatus.IsFinished(trial.Now.Status)))
            StudyExtension.End(runner.Run.Directory);
        return isDrawn ? ExitCode.Of(runner.Trials.Select(trial => trial.Now.Status)) : ExitCode.Failed;
    }

    /// <summary>Draws figures and report, unless another process does so: processes that share the work end together, and one of them draws for all.</summary>
    /// <returns>The figures drawn here, and false if that failed.</returns>
    private static async Task<(FigureSet? Report, bool IsDrawn)> Draw(
        StudyRunner runner, IReadOnlyList<FoundTrial> trials, RunView view, CancellationToken cancellation)
    {
        if (trials.All(trial => trial.Manifest is null))
            return (null, true);
        try
        {
            using var turn = runner.Run.TakeLeaseIfFree(runner.Leases, cancellation);
            if (turn is not null)
                return (await Interruptible.Run(token => StudyReport.Write(
                    runner.Run, trials, view.Notice, runner.Open, PaperGhosts.GetCurves, named: null, isStatic: false, token), cancellation), true);
            view.Notice("another process is drawing the figures");
            return (null, true);
        }
        catch (OperationCanceledException)
        {
            view.Notice($"all trials are saved; 'sonde report {runner.Run.Directory}' draws the figures");
            throw;
        }
        catch (Exception e) when (e is RecordException or IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            view.Notice($"The figures could not be drawn: {(e is RecordException ? e.Message : ErrorSentence.Of(e))} All records are complete; "
                + $"'sonde report {runner.Run.Directory}' tries again.");
            return (null, false);
        }
    }
}
