using System.Globalization;
using Sonde.Records.Files;
using Sonde.Records.Tables;

namespace Sonde.Records.Baselines;

/// <summary>The errors of a support vector machine that was trained with one C and gamma: the file <c>cC-gammaGAMMA.json</c>.</summary>
public sealed record SupportVectorFit
{
    /// <summary>All settings that the errors depend on, except C and gamma: the data section of a study, <c>seed</c>, <c>examples</c>, <c>validation</c>,
    /// <c>test</c>, <c>tolerance</c>.</summary>
    public required IReadOnlyDictionary<string, string> Setting { get; init; }

    /// <summary>The bound of coefficients.</summary>
    public required double C { get; init; }

    /// <summary>The gamma of the kernel <c>exp(-gamma |x - z|^2)</c>.</summary>
    public required double Gamma { get; init; }

    /// <summary>Examples that at least one of the machines keeps.</summary>
    public required int SupportVectors { get; init; }

    /// <summary>Steps, each of which changes two coefficients, over all pairs of classes.</summary>
    public required long Steps { get; init; }

    /// <summary>Seconds of training.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>Threads during training.</summary>
    public required int Threads { get; init; }

    /// <summary>Errors on validation examples.</summary>
    public required MisclassifiedCount Validation { get; init; }

    /// <summary>Errors on test examples.</summary>
    public required MisclassifiedCount Test { get; init; }

    /// <summary>Versions and kernels that computed the numbers: <c>sonde</c>, <c>dotnet</c>, <c>kernels</c>.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>The machine: <c>os</c>, <c>processor</c>, <c>cores</c>, <c>host</c>.</summary>
    public required IReadOnlyDictionary<string, string> Machine { get; init; }

    /// <summary>Returns the path of a fit in its folder.</summary>
    public static string PathIn(string directory, double c, double gamma) => StemIn(directory, c, gamma) + ".json";

    /// <summary>Returns the path of its predictions for the test examples, which are written first.</summary>
    public static string PredictionsPathIn(string directory, double c, double gamma) => StemIn(directory, c, gamma) + "-predictions.parquet";

    /// <summary>Reads a fit. Returns null if there is none.</summary>
    /// <exception cref="RecordException">The file is not what Sonde wrote.</exception>
    public static SupportVectorFit? Find(string directory, double c, double gamma)
    {
        var path = PathIn(directory, c, gamma);
        return File.Exists(path) ? RecordJson.FromBytes(Disk.Read(path), path, SupportVectorJson.Instance.SupportVectorFit) : null;
    }

    /// <summary>Writes the fit with its predictions; each file appears whole.</summary>
    /// <param name="directory">The folder of the fits.</param>
    /// <param name="predictions">Its prediction for each test example, in order.</param>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public void Write(string directory, IReadOnlyList<Prediction> predictions)
    {
        PredictionsTable.Instance.Write(PredictionsPathIn(directory, C, Gamma), predictions);
        DurableFile.Write(PathIn(directory, C, Gamma), RecordJson.ToBytes(this, SupportVectorJson.Instance.SupportVectorFit));
    }

    private static string StemIn(string directory, double c, double gamma) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"c{c}-gamma{gamma}").ToLowerInvariant());
}

/// <summary>A number of misclassified examples.</summary>
/// <param name="Misclassified">How many examples were misclassified.</param>
/// <param name="Examples">How many examples there were.</param>
public sealed record MisclassifiedCount(int Misclassified, int Examples)
{
    /// <summary>The error in per cent.</summary>
    public double Error => 100.0 * Misclassified / Examples;
}
