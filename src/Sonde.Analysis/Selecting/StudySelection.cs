using Sonde.Analysis.Contents;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Studies;

namespace Sonde.Analysis.Selecting;

/// <summary>What a study says at its end, from its records alone: the best setting of each model, its test error, and which models differ.</summary>
/// <param name="Level">The p at or below which two models differ.</param>
/// <param name="Test">The test that decides.</param>
/// <param name="Tasks">One for each dataset, in the study's order.</param>
public sealed record StudySelection(double Level, DecidingTest Test, IReadOnlyList<TaskSelection> Tasks)
{
    /// <summary>The paper's p.</summary>
    public const double PaperLevel = 0.005;

    /// <summary>Chooses and compares.</summary>
    /// <exception cref="RecordException">A file of a chosen trial is damaged, or two of them were tested on other examples.</exception>
    public static StudySelection Of(RunFolder run, double level = PaperLevel, DecidingTest test = DecidingTest.Examples) =>
        Of(run, RunContents.Read(run), level, test);

    /// <summary>Chooses and compares among trials that were looked up before.</summary>
    /// <exception cref="RecordException">A file of a chosen trial is damaged, or two of them were tested on other examples.</exception>
    public static StudySelection Of(RunFolder run, IReadOnlyList<FoundTrial> trials, double level = PaperLevel, DecidingTest test = DecidingTest.Examples)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(trials);
        // A damaged trial that the study does not know has no setting: it belongs to no model.
        var placed = trials.Where(trial => !trial.Setting.IsEmpty).Select(trial => (Trial: trial, Place: TrialPlace.Of(trial.Setting))).ToList();
        var names = new PlaceNames([.. placed.Select(p => p.Place)]);
        var read = new Dictionary<string, IReadOnlyList<Prediction>>();
        IReadOnlyList<Prediction> Predictions(string id) => read.TryGetValue(id, out var known) ? known : read[id] = run.ReadPredictions(id);
        return new(level, test, [.. placed.GroupBy(p => p.Place.TaskKey).Select(task =>
        {
            var models = task.GroupBy(p => p.Place.ModelKey)
                .Select(model => new ModelChoice(names.Model(model.First().Place), [.. Candidates(model)])).ToList();
            var comparisons = ModelComparisons.Of(Predictions, models, level, test);
            return new TaskSelection(names.Task(task.First().Place), ModelComparisons.Mark(models, comparisons), comparisons);
        })]);
    }

    private static IEnumerable<Candidate> Candidates(IEnumerable<(FoundTrial Trial, TrialPlace Place)> model) =>
        model.GroupBy(p => (p.Trial.Setting.TextOf(SettingField.Hidden), p.Trial.Setting.TextOf(SettingField.LearningRate)))
            .Select(group => new Candidate(group.First().Trial.Setting, [.. group.Select(p => p.Trial)]));
}
