using Sonde.Analysis.Selecting;

namespace Sonde.Cli.Compare;

/// <summary>The models of a study as Markdown tables, one for each dataset; those in the set of best are bold, as in the paper's Table 1.</summary>
internal static class SelectionTables
{
    public static void Write(StudySelection selection)
    {
        foreach (var task in selection.Tasks)
        {
            Console.Out.WriteLine(task.Data);
            Console.Out.WriteLine();
            WriteModels(task);
            WriteComparisons(selection, task);
            WriteNotes(task);
        }
    }

    private static void WriteModels(TaskSelection task)
    {
        var table = new MarkdownTable("model", "hidden", "learning rate", "validation error %", "test error %", "sd", "95 % interval", "seeds");
        foreach (var model in task.Models)
            table.Row(Cells(model), model.IsAmongBest);
        table.Write();
    }

    private static string[] Cells(ModelChoice model)
    {
        if (model is not { Chosen: { } chosen, TestError: { } error })
            return [model.Name, "-", "-", "-", "-", "-", "-", "-"];
        return
        [
            model.Name, chosen.Hidden, chosen.LearningRate, $"{chosen.ValidationError!.Mean:0.00}",
            model.IsAmongBest ? $"**{error.Mean:0.00}**" : $"{error.Mean:0.00}",
            error.Sd is { } sd ? $"{sd:0.00}" : "-", error.Low is { } low ? $"{low:0.00} to {error.High:0.00}" : "-", $"{error.Count}",
        ];
    }

    private static void WriteComparisons(StudySelection selection, TaskSelection task)
    {
        if (task.Comparisons.Count == 0)
            return;
        var table = new MarkdownTable("pair", "seeds", "first better on", "second better on", "p over examples", "p over seeds", "adjusted p", "differ");
        foreach (var pair in task.Comparisons)
            table.Row(
            [
                $"{pair.First}, {pair.Second}", $"{pair.Seeds}", $"{pair.FirstBetter}", $"{pair.SecondBetter}", P(pair.ExamplesP), P(pair.SeedsP),
                P(pair.AdjustedP), pair.Differs ? "yes" : pair.AdjustedP is null ? "not tested" : "no",
            ]);
        table.Write();
        Console.Out.WriteLine(selection.MeaningOfBold);
    }

    private static void WriteNotes(TaskSelection task)
    {
        Console.Out.WriteLine("Depth and learning rate have the least validation error, mean over seeds; ties go to fewer layers, then to the smaller rate. "
            + "Intervals are Student's t over seeds.");
        foreach (var model in task.Models)
        {
            foreach (var candidate in model.Candidates.Where(candidate => candidate.Problem is not null))
                Console.Out.WriteLine($"{model.Name}: {candidate.Hidden} at learning rate {candidate.LearningRate} is left out: {candidate.Problem}.");
            if (!model.IsFinal)
                Console.Out.WriteLine($"{model.Name}: the choice is not final before these trials have ended.");
        }
        Console.Out.WriteLine();
    }

    /// <summary>A p with four decimals; smaller ones with their power of ten.</summary>
    public static string P(double? p) => p switch { null => "-", < 0.0001 => $"{p:0.0e+0}", _ => $"{p:0.0000}" };
}
