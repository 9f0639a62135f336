using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Analysis.Trials;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Figures.Pages.Documents;
using Sonde.Figures.Report;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Figures;

/// <summary>Draws the report of a run folder from its files: reads the trials that matter, compares the models, and writes figures and page.</summary>
public static class StudyReport
{
    // Two seconds of reading, and two megabytes of the page.
    private const int MostCurves = 2000;

    // Trials that can be opened in the page: each takes some ten kilobytes of it.
    private const int MostOpened = 500;

    /// <summary>Draws and writes everything that can be read. If the study is large, only the trials that <see cref="DrawnTrials"/> chooses are read and
    /// drawn; the page lists the others.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="trials">Every trial of the run folder.</param>
    /// <param name="notice">Called with messages for the user.</param>
    /// <param name="named">Ids of trials to draw in any case; null for none.</param>
    /// <param name="isStatic">True for a report without scripts; else a browser shows the same pages as the dashboard, with the data inside.</param>
    /// <param name="cancellation">Stops between two figures.</param>
    /// <exception cref="RecordException">No trial has begun, none can be read, or a named trial does not exist.</exception>
    /// <exception cref="IOException">The report cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static FigureSet Write(
        RunFolder run, IReadOnlyList<FoundTrial> trials, Action<string> notice, IReadOnlyCollection<string>? named = null,
        bool isStatic = false, CancellationToken cancellation = default) =>
        Write(run, trials, notice, OpenOfUser, _ => [], named, isStatic, cancellation);

    /// <summary>Opens a dataset from the user's data folder.</summary>
    internal static Dataset OpenOfUser(DatasetSetting setting) => DatasetList.Open(setting, DataFolder.OfUser());

    /// <inheritdoc cref="Write(RunFolder, IReadOnlyList{FoundTrial}, Action{string}, IReadOnlyCollection{string}?, bool, CancellationToken)"/>
    /// <param name="run">The run folder.</param>
    /// <param name="trials">Every trial of the run folder.</param>
    /// <param name="notice">Called with messages for the user.</param>
    /// <param name="open">Opens the dataset of a trial, for pictures of its test examples.</param>
    /// <param name="findGhosts">Finds published curves of the model that a setting describes.</param>
    /// <param name="named">Ids of trials to draw in any case; null for none.</param>
    /// <param name="isStatic">True for a report without scripts.</param>
    /// <param name="cancellation">Stops between two figures.</param>
    internal static FigureSet Write(
        RunFolder run, IReadOnlyList<FoundTrial> trials, Action<string> notice, Func<DatasetSetting, Dataset> open,
        Func<RecordedSetting, IReadOnlyList<GhostCurve>> findGhosts, IReadOnlyCollection<string>? named, bool isStatic, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(notice);
        if ((named ?? []).FirstOrDefault(id => trials.All(trial => trial.Id != id)) is { } unknown)
            throw new RecordException($"{run.Directory}: there is no trial '{unknown}'. 'sonde status {run.Directory}' lists its trials.");
        var selection = FindSelection(run, trials, notice);
        var chosen = DrawnTrials.Choose(trials, selection, named ?? []).ToHashSet();
        var drawn = new List<RecordedTrial>();
        foreach (var trial in trials.Where(trial => chosen.Contains(trial.Id)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (FindRecords(run, trial, notice) is { } records)
                drawn.Add(records);
        }
        if (drawn.Count == 0)
            throw new RecordException($"{run.Directory}: expected at least one trial to draw, found none. Run the study first: 'sonde run STUDY --out "
                + $"{run.Directory}'.");
        var others = trials.Where(trial => !chosen.Contains(trial.Id) && trial.Manifest is not null).ToList();
        notice($"drawing the figures of {drawn.Count} {(drawn.Count == 1 ? "trial" : "trials")}"
            + (others.Count == 0 ? "" : $"; {others.Count} others are listed in the report, and 'sonde report {run.Directory} TRIAL' draws them"));
        var opened = Math.Max(0, MostOpened - drawn.Count);
        InteractivePart Interactive() => new(
            run.Study, trials, drawn, GetStatistics(run, others.Take(opened), cancellation),
            GetCurves(run, others.Skip(opened).Take(MostCurves), cancellation), selection, new(run, open, findGhosts));
        var figures = FigureSet.WriteAll(drawn, run.Study, run.Directory, selection, others, isStatic ? null : Interactive, cancellation: cancellation);
        foreach (var figure in figures.LeftOut)
            notice(figure.ToString());
        return figures;
    }

    // A curve that cannot be read is missing in the plot of all; 'sonde verify' says why.
    private static IEnumerable<RecordedTrial> GetStatistics(RunFolder run, IEnumerable<FoundTrial> trials, CancellationToken cancellation)
    {
        foreach (var trial in trials)
        {
            cancellation.ThrowIfCancellationRequested();
            RecordedTrial records;
            try
            {
                records = run.ReadStatistics(trial.Id);
                _ = TrialFacts.Of(records.Manifest);
            }
            catch (Exception damage) when (damage is RecordException or IOException or FormatException)
            {
                continue;
            }
            yield return records;
        }
    }

    private static List<RecordedCurve> GetCurves(RunFolder run, IEnumerable<FoundTrial> trials, CancellationToken cancellation)
    {
        var curves = new List<RecordedCurve>();
        foreach (var trial in trials)
            try
            {
                cancellation.ThrowIfCancellationRequested();
                curves.Add(new(trial.Id, run.ReadCurve(trial.Id)));
            }
            catch (Exception damage) when (damage is RecordException or IOException)
            {
                continue;
            }
        return curves;
    }

    private static RecordedTrial? FindRecords(RunFolder run, FoundTrial trial, Action<string> notice)
    {
        try
        {
            if (trial.Status == FoundStatus.Damaged && trial.Manifest is null)
            {
                // Without its trial.json nothing is known of its network.
                notice($"{trial.Id} is left out: {trial.Message}");
                return null;
            }
            if (trial.Status != FoundStatus.Damaged)
                return run.ReadTrial(trial.Id);
            notice($"{trial.Id} is damaged; its figures show what can be read: {trial.Message}");
        }
        catch (RecordException damage)
        {
            notice($"{trial.Id} is damaged; its figures show what can be read: {damage.Message}");
        }
        return run.ReadWhatIsWhole(trial.Id);
    }

    // A report of everything that can be read is useful even if the models cannot be compared.
    private static StudySelection? FindSelection(RunFolder run, IReadOnlyList<FoundTrial> trials, Action<string> notice)
    {
        try
        {
            return StudySelection.Of(run, trials);
        }
        catch (RecordException cause)
        {
            notice($"the models are not compared: {cause.Message}");
            return null;
        }
    }
}
