using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Grids;
using Sonde.Analysis.Selecting;
using Sonde.Studies;

namespace Sonde.Figures.Pages.Documents;

/// <summary>A study for its page: a table of its trials in columns, their curves, and what it found.</summary>
internal static class StudyDocuments
{
    /// <summary>Returns the table of trials: a list per column, and a list of the different values per setting that varies.</summary>
    /// <param name="name">The study's name.</param>
    /// <param name="trials">Its trials, in its order.</param>
    /// <param name="progress">Who trains a trial and how long that will take; null for a trial that nobody trains.</param>
    /// <param name="unread">While the folder is read for the first time, how many further trials there are, 0 while they are listed; null after that.</param>
    public static byte[] Table(string name, IReadOnlyList<FoundTrial> trials, Func<FoundTrial, TrialProgress?> progress, int? unread = null)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(progress);
        var states = trials.Select(progress).ToList();
        return DocumentWriter.ToBytes(document =>
        {
            document.Text("study", name);
            document.Whole("unread", unread);
            MeasureDocument.Write(document, trials.SharedMeasure());
            document.Number("chance", trials.Select(trial => trial.ChanceError).Distinct().ToList() is [{ } chance] ? chance : null);
            document.Text("steps", trials.SharedSteps());
            document.Texts("id", trials.Select(trial => trial.Id));
            document.Texts("status", trials.Select(trial => trial.Status));
            document.Wholes("updates", trials.Select(trial => trial.Updates));
            document.Wholes("planned", trials.Select(trial => trial.Planned));
            document.Numbers("testError", trials.Select(trial => trial.Manifest?.Result?.TestError));
            document.Numbers("validationError", trials.Select(trial => trial.Manifest?.Result?.ValidationError));
            document.Numbers("seconds", trials.Select(trial => trial.Manifest?.Result?.TrainingSeconds), 4);
            document.Texts("message", trials.Select(trial => trial.Message));
            document.Texts("writer", states.Select(state => state?.Writer));
            document.Numbers("secondsLeft", states.Select(state => state?.SecondsLeft), 3);
            WriteSettings(document, trials);
        });
    }

    /// <summary>Returns curves of one split. Trials that were evaluated at the same updates share one list of them.</summary>
    /// <param name="split">Such as <c>test</c>.</param>
    /// <param name="curves">Id and curve of each trial that has one.</param>
    /// <param name="next">The place of the first trial whose curve was not read yet; null if all were.</param>
    public static byte[] Curves(string split, IReadOnlyList<(string Id, CurveLine Line)> curves, int? next = null)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var (grids, same, places) = (new List<long[]>(), new Dictionary<long[], int>(ReferenceEqualityComparer.Instance), new Dictionary<string, int>());
        int PlaceOf(long[] updates)
        {
            if (same.TryGetValue(updates, out var place))
                return place;
            var key = string.Join(',', updates);
            if (!places.TryGetValue(key, out place))
            {
                places[key] = place = grids.Count;
                grids.Add(updates);
            }
            return same[updates] = place;
        }
        var grid = curves.Select(curve => PlaceOf(curve.Line.Updates)).ToList();
        return DocumentWriter.ToBytes(document =>
        {
            document.Text("split", split);
            document.Whole("next", next);
            document.NumberLists("updates", grids.Select(updates => updates.Select(update => (double)update).ToArray()));
            document.Texts("id", curves.Select(curve => curve.Id));
            document.Wholes("grid", grid);
            document.NumberLists("errors", curves.Select(curve => curve.Line.Errors), 5);
        });
    }

    /// <summary>Returns what the study found: its verdict as a grid, the chosen trials of each model, and which models are statistically tied.</summary>
    /// <param name="trials">The study's trials.</param>
    /// <param name="selection">The choice; null if the models cannot be compared.</param>
    /// <param name="problem">Why they cannot; else null.</param>
    public static byte[] Comparison(IReadOnlyList<FoundTrial> trials, StudySelection? selection, string? problem)
    {
        var grid = GridSummary.Of(trials);
        return DocumentWriter.ToBytes(document =>
        {
            document.Text("verdict", trials.Count > 1 ? grid.Verdict : null);
            document.Text("notCompared", problem);
            document.Text("meaning", selection?.MeaningOfBold);
            document.Objects("tasks", selection?.Tasks ?? [], task =>
            {
                document.Text("data", task.Data);
                MeasureDocument.Write(document, task.Measure);
                document.Objects("models", task.Models, model =>
                {
                    document.Text("name", model.Name);
                    document.Flag("isAmongBest", model.IsAmongBest);
                    document.Flag("isChoice", !model.IsImported);
                    document.Flag("isFinal", model.IsFinal);
                    document.Text("hidden", model.Chosen?.Hidden);
                    document.Text("learningRate", model.Chosen?.LearningRate);
                    document.Texts("trials", model.Chosen?.Trials.Select(trial => trial.Id) ?? []);
                    document.Number("validationError", model.Chosen?.ValidationError?.Mean);
                    document.Number("testError", model.TestError?.Mean);
                    document.Number("low", model.TestError?.Low);
                    document.Number("high", model.TestError?.High);
                });
            });
        });
    }

    // A setting that all trials share is written once; any other is an index into its different values.
    private static void WriteSettings(DocumentWriter document, IReadOnlyList<FoundTrial> trials)
    {
        var keys = trials.SelectMany(trial => trial.Setting.Flat.Keys).Distinct().ToList();
        string ValueOf(FoundTrial trial, string key) =>
            key == SettingField.Seed.Key && trial.Manifest is { } manifest ? manifest.Seed.ToString(CultureInfo.InvariantCulture)
                : trial.Setting.Flat.GetValueOrDefault(key) ?? "";
        var columns = keys.Select(key => (Key: key, Values: trials.Select(trial => ValueOf(trial, key)).Distinct().ToList())).ToList();
        document.Texts("shared", columns.Where(column => column.Values.Count == 1).Select(column => KeyValuePair.Create(column.Key, column.Values[0])));
        document.Objects("varied", columns.Where(column => column.Values.Count > 1), column =>
        {
            var places = column.Values.Select((value, place) => (value, place)).ToDictionary(pair => pair.value, pair => pair.place);
            document.Text("key", column.Key);
            document.Text("name", SettingField.ShortName(column.Key));
            document.Texts("values", column.Values);
            document.Wholes("of", trials.Select(trial => places[ValueOf(trial, column.Key)]));
        });
    }
}

/// <summary>What is known of a trial that a process trains.</summary>
/// <param name="Writer">The process, in words; null if it is not known.</param>
/// <param name="SecondsLeft">Seconds to the end at its present speed; null if it is not known.</param>
internal sealed record TrialProgress(string? Writer, double? SecondsLeft);
