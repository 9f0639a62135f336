using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Numerics.Significance;
using Sonde.Records.Baselines;
using Sonde.Running.Baselines;

namespace Sonde.Cli.Svm;

/// <summary>What <c>sonde svm</c> found, as a table or as JSON.</summary>
internal sealed class SvmResult(SupportVectorTask task, string directory, IReadOnlyList<SupportVectorFit> fits)
{
    private readonly SupportVectorFit chosen = SupportVectorGrid.Choose(fits);

    /// <summary>Writes the fits, the chosen one, and whether the grid should be larger.</summary>
    public void WriteTable()
    {
        var table = new ResultTable(new("C", IsNumber: true), new("gamma", IsNumber: true), new("validation %", IsNumber: true), new("test %", IsNumber: true),
            new("support vectors", IsNumber: true), new("seconds", IsNumber: true));
        foreach (var fit in fits)
            table.Add($"{fit.C}", $"{fit.Gamma}", $"{fit.Validation.Error:0.00}", $"{fit.Test.Error:0.00}", $"{fit.SupportVectors}",
                $"{fit.TrainingSeconds:0.0}");
        table.Write();
        var (low, high) = Percent(chosen.Test);
        Terminal.WriteLine($"Chosen by validation error: C {chosen.C}, gamma {chosen.Gamma}; "
            + $"test error {chosen.Test.Error:0.00} % (95 % interval {low:0.00} to {high:0.00}).");
        foreach (var (name, of) in new (string, Func<SupportVectorFit, double>)[] { ("C", fit => fit.C), ("gamma", fit => fit.Gamma) })
        {
            var (least, most) = (fits.Min(of), fits.Max(of));
            if (least < most && (of(chosen) == least || of(chosen) == most))
                Terminal.WriteLine($"The chosen {name} is the {(of(chosen) == least ? "smallest" : "largest")} of the grid: try a "
                    + $"{(of(chosen) == least ? "smaller" : "larger")} one too.");
        }
    }

    /// <summary>Returns the fits as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["data"] = task.Data.Name, ["examples"] = task.Examples, ["seed"] = task.Seed, ["directory"] = directory,
        ["chosen"] = Json(chosen),
        ["fits"] = new JsonArray([.. fits.Select(fit => (JsonNode)Json(fit))]),
    };

    private JsonObject Json(SupportVectorFit fit) => new()
    {
        ["c"] = fit.C, ["gamma"] = fit.Gamma,
        ["validationError"] = fit.Validation.Error, ["validationInterval"] = Interval(fit.Validation), ["validationExamples"] = fit.Validation.Examples,
        ["testError"] = fit.Test.Error, ["testInterval"] = Interval(fit.Test), ["testExamples"] = fit.Test.Examples,
        ["supportVectors"] = fit.SupportVectors, ["steps"] = fit.Steps, ["trainingSeconds"] = fit.TrainingSeconds, ["threads"] = fit.Threads,
        ["file"] = SupportVectorFit.PathIn(directory, fit.C, fit.Gamma),
    };

    private static JsonArray Interval(MisclassifiedCount count) => Percent(count) is var (low, high) ? [low, high] : [];

    private static (double Low, double High) Percent(MisclassifiedCount count)
    {
        var interval = ShareInterval.Of(count.Misclassified, count.Examples);
        return (100 * interval.Low, 100 * interval.High);
    }
}
