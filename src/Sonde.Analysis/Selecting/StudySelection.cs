using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Studies;

namespace Sonde.Analysis.Selecting;

/// <summary>The result of a study, from its records alone: the best setting of each model, its test error, and which models differ.</summary>
/// <param name="Level">The p at or below which two models differ.</param>
/// <param name="Test">The test that decides.</param>
/// <param name="Tasks">One for each dataset, in the study's order.</param>
public sealed record StudySelection(double Level, DecidingTest Test, IReadOnlyList<TaskSelection> Tasks)
{
    /// <summary>The paper's p.</summary>
    public const double PaperLevel = 0.005;

    /// <summary>Says what bold means in the tables of a selection, and what the test compares.</summary>
    /// <remarks>A test over examples with one seed knows two trained networks; that other seeds would differ in the same way is not tested.</remarks>
    public string MeaningOfBold
    {
        get
        {
            var measure = Tasks.SelectMany(task => task.Models).SelectMany(model => model.Candidates).SelectMany(candidate => candidate.Trials).SharedMeasure();
            if (Tasks.SelectMany(task => task.Models).Any(model => model.IsImported)
                && Tasks.SelectMany(task => task.Comparisons).All(pair => pair.AdjustedP is null))
                return $"Bold: the best {measure.NameOf("test")}. Whether the others differ from it by more than chance is not known.";
            var how = Test == DecidingTest.Examples ? "exact sign-flip test over test examples" : "paired t test over seeds";
            var isOfOneSeed = Tasks.SelectMany(task => task.Comparisons).Any(pair => pair.Seeds == 1) && Test == DecidingTest.Examples;
            return string.Create(CultureInfo.InvariantCulture,
                $"Bold: the best {measure.NameOf("test")}, and any model that might be as good (p above {Level}; {how}, Holm).")
                + (isOfOneSeed ? " With one seed this compares two trained networks, not two methods." : "");
        }
    }

    /// <summary>Chooses and compares.</summary>
    /// <exception cref="RecordException">A file of a chosen trial is damaged, or two of them were tested on different examples.</exception>
    public static StudySelection Of(RunFolder run, double level = PaperLevel, DecidingTest test = DecidingTest.Examples) =>
        Of(run, RunContents.Read(run), level, test);

    /// <summary>Chooses and compares among trials that were read before.</summary>
    /// <exception cref="RecordException">A file of a chosen trial is damaged, or two of them were tested on different examples.</exception>
    public static StudySelection Of(RunFolder run, IReadOnlyList<FoundTrial> trials, double level = PaperLevel, DecidingTest test = DecidingTest.Examples)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(trials);
        // A damaged trial that is not in the study has no setting, so it belongs to no model. Nothing may be known of an import.
        var placed = trials.Where(trial => trial.Manifest?.IsImported is true || !trial.Setting.IsEmpty)
            .Select(trial => (Trial: trial, Place: TrialPlace.Of(trial))).ToList();
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
