using Sonde.Analysis.Selecting;
using Sonde.Cli.Shell;
using Sonde.Diagnosis;

namespace Sonde.Cli.Compare;

/// <summary>The models of a study as tables, one for each dataset; the best models are bold, as in the paper's Table 1.</summary>
internal static class SelectionTables
{
    /// <summary>Writes the tables, and how the models were chosen and compared.</summary>
    public static void Write(StudySelection selection)
    {
        foreach (var task in selection.Tasks)
        {
            Terminal.WriteLine(task.Data);
            Terminal.WriteLine();
            WriteModels(task);
            WriteComparisons(selection, task);
            WriteNotes(task);
        }
    }

    private static void WriteModels(TaskSelection task)
    {
        var measure = task.Measure;
        var table = new MarkdownTable(new("model"), new("hidden"), new("learning rate", IsNumber: true), new(measure.HeadingOf("validation"), IsNumber: true),
            new(measure.HeadingOf("test"), IsNumber: true), new("sd", IsNumber: true, Sacrifice: 2), new("95 % interval", IsNumber: true, Sacrifice: 1),
            new("seeds", IsNumber: true));
        foreach (var model in task.Models)
            table.Add(Cells(model, measure), model.IsAmongBest);
        table.Write();
    }

    private static string[] Cells(ModelChoice model, ErrorMeasure measure)
    {
        if (model is not { Chosen: { } chosen, TestError: { } error })
            return [model.Name, "-", "-", "-", "-", "-", "-", "-"];
        return
        [
            model.Name, chosen.Hidden, chosen.LearningRate, measure.Mean(chosen.ValidationError!.Mean),
            model.IsAmongBest ? $"**{measure.Mean(error.Mean)}**" : measure.Mean(error.Mean),
            measure.Sd(error), measure.Interval(error), $"{error.Count}",
        ];
    }

    private static void WriteComparisons(StudySelection selection, TaskSelection task)
    {
        if (task.Comparisons.Count == 0)
            return;
        var table = new MarkdownTable(new("pair"), new("seeds", IsNumber: true, Sacrifice: 1), new("first better on", IsNumber: true, Sacrifice: 2),
            new("second better on", IsNumber: true, Sacrifice: 2), new("p over examples", IsNumber: true), new("p over seeds", IsNumber: true),
            new("adjusted p", IsNumber: true), new("differ", IsNumber: true));
        var untested = task.Comparisons.Where(pair => pair is { Examples: 0, ExamplesP: null, SeedsP: null }).ToHashSet();
        foreach (var pair in task.Comparisons.Where(pair => !untested.Contains(pair)))
            table.Add(
            [
                $"{pair.First}, {pair.Second}", $"{pair.Seeds}", $"{pair.FirstBetter}", $"{pair.SecondBetter}", P(pair.ExamplesP), P(pair.SeedsP),
                P(pair.AdjustedP), pair.Differs ? "yes" : pair.AdjustedP is null ? "not tested" : "no",
            ]);
        if (untested.Count < task.Comparisons.Count)
            table.Write();
        if (untested.Count > 0)
            Terminal.WriteLine($"{QuantityText.Count(untested.Count, "pair")} of models {(untested.Count == 1 ? "is" : "are")} not tested: a test needs the "
                + "answers of both to the same test examples, or two seeds that both were trained with."
                + (task.Models.Any(model => model.IsImported) ? " Imports have neither." : ""));
        Terminal.WriteLine(selection.MeaningOfBold);
    }

    private static void WriteNotes(TaskSelection task)
    {
        Terminal.WriteLine("Each model has the depth and learning rate of least validation error (mean over seeds; a tie goes to fewer layers, then to the "
            + "smaller rate). Intervals are Student's t over seeds.");
        foreach (var model in task.Models)
        {
            foreach (var candidate in model.Candidates.Where(candidate => candidate.Problem is not null))
                Terminal.WriteLine($"{model.Name}: {candidate.Hidden} at learning rate {candidate.LearningRate} is left out: {candidate.Problem}.");
            if (!model.IsFinal)
                Terminal.WriteLine($"{model.Name}: some trials have not ended, so the choice may still change.");
        }
        Terminal.WriteLine();
    }

    /// <summary>Returns a p value with four decimals, or with its power of ten if it is smaller.</summary>
    public static string P(double? p) => p switch { null => "-", < 0.0001 => $"{p:0.0e+0}", _ => $"{p:0.0000}" };
}
