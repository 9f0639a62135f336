using System.Text.Json;

namespace Sonde.Tests.Baselines;

/// <summary>What record_libsvm.py recorded from libsvm.</summary>
internal sealed record LibsvmProblem(string Name, int Features, int Classes, double Tolerance, float[] Inputs, int[] Labels, float[] Fresh, LibsvmFit[] Fits)
{
    public static IReadOnlyList<LibsvmProblem> All { get; } = Read();

    public static IEnumerable<TheoryDataRow<string, double>> Names =>
        All.SelectMany(problem => problem.Fits.Select(fit => new TheoryDataRow<string, double>(problem.Name, fit.C)));

    public static LibsvmProblem Of(string name) => All.Single(problem => problem.Name == name);

    private static LibsvmProblem[] Read()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Baselines", "libsvm-fits.json"));
        return JsonSerializer.Deserialize<LibsvmFile>(stream, JsonSerializerOptions.Web)!.Problems;
    }

    private sealed record LibsvmFile(LibsvmProblem[] Problems);
}

/// <summary>One fit; Largest has for each support vector its largest coefficient in size, over the pairs of classes it serves.</summary>
internal sealed record LibsvmFit(
    double C, double Gamma, double[] Objectives, int[] SupportVectors, double[] Largest, int[] Predicted, int[] PredictedAtUsualTolerance);
