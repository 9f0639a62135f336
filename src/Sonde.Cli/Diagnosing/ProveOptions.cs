using System.CommandLine;
using Sonde.Cli.Run;
using Sonde.Cli.Shell;
using Sonde.Data.Fetching;
using Sonde.Running;
using Sonde.Running.Proving;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Cli.Diagnosing;

/// <summary>The options of <c>sonde diagnose</c> that try remedies and write the mended study.</summary>
internal static class ProveOptions
{
    private const int MostSeeds = 100;
    private const long MostUpdates = 1_000_000_000_000;

    private static readonly Option<bool> Prove = new("--prove")
    {
        Description = "Try the remedies in short trainings of several seeds, beside the setting as it is and beside random changes. They are kept in "
            + "DIR/proof; the same command again resumes them.",
    };

    private static readonly Option<int> Seeds = CommonOptions.Count("--seeds", "With --prove: seeds of each setting.", 3, MostSeeds);
    private static readonly Option<long?> Budget = CommonOptions.OptionalLongCount(
        "--budget", "With --prove: the most updates of a training (default: the trial's own, at most 5000).", MostUpdates);
    private static readonly Option<string?> DataDirectory = CommonOptions.DataDirectory();
    private static readonly Option<string?> Apply = CommonOptions.Folder(
        "--apply", "Write the study with the remedy that helped most or, without --prove, with the likeliest one. 'sonde run FILE' trains it.", "FILE");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Option> All { get; } = [Prove, Seeds, Budget, Apply, DataDirectory];

    /// <summary>Tries remedies if that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="directory">The run folder.</param>
    /// <param name="trials">The trials that were asked for.</param>
    /// <param name="cancellation">Saves what was trained, and ends.</param>
    /// <returns>The trials with what became of the remedies.</returns>
    public static async Task<IReadOnlyList<DiagnosedTrial>> Follow(
        ParseResult parsed, string directory, IReadOnlyList<DiagnosedTrial> trials, CancellationToken cancellation)
    {
        var (proves, file) = (parsed.GetValue(Prove), parsed.GetValue(Apply));
        if (!proves && file is null)
            return trials;
        var option = proves ? Prove.Name : Apply.Name;
        if (trials is not [var trial])
            throw new StudyException($"{directory}: expected one trial with {option}, got {trials.Count}: {string.Join(", ", trials.Take(5)
                .Select(one => one.Found.Id))}{(trials.Count > 5 ? ", ..." : "")}. Name one: sonde diagnose {directory} TRIAL {option}");
        if (file is not null)
            MendedStudy.CheckNew(file);
        if (trial.Found.Setting.FindTrialSetting() is not { } setting)
            throw new StudyException($"{trial.Found.Id}: Sonde cannot train this setting, which lacks {string.Join(", ", trial.Found.Setting.Missing
                .Concat(trial.Found.Setting.Unknown).Take(5))}. Write a study of the same network, and diagnose its run.");
        if (proves && trial.Remedies is { InData: null, Ranked.Count: > 0 })
            trial = await ProveOne(parsed, directory, trial, setting, cancellation);
        if (file is not null)
            MendedStudy.Write(file, trial, setting);
        return [trial];
    }

    private static async Task<DiagnosedTrial> ProveOne(
        ParseResult parsed, string directory, DiagnosedTrial trial, TrialSetting setting, CancellationToken cancellation)
    {
        var view = RunView.Open();
        var options = new ProofOptions
        {
            Run = new() { Data = DataFolder.OfUser(parsed.GetValue(DataDirectory)), ReadWeights = RunCommand.WeightsOf }, Seeds = parsed.GetValue(Seeds),
            Budget = parsed.GetValue(Budget) ?? ProofOptions.UsualBudget,
        };
        var prover = new RemedyProver(directory, trial.Found.Id, setting, trial.Remedies!.History, options, Train, TimeProvider.System, view.Notice);
        try
        {
            var proof = await Task.Run(() => prover.Prove(trial.Remedies.Ranked, cancellation), CancellationToken.None);
            return trial with { Remedies = trial.Remedies with { Proof = proof } };
        }
        catch (OperationCanceledException)
        {
            view.Notice("interrupted; everything is saved, and the same command continues from here");
            throw;
        }

        // Not given the token: on a signal the trials save themselves first.
        void Train(StudyRunner runner)
        {
            view.Notice($"{runner.Run.Directory}: {QuantityText.Count(runner.Trials.Count, "training")}");
            view.Follow(runner.Trials, () => runner.Train(cancellation)).GetAwaiter().GetResult();
        }
    }
}
