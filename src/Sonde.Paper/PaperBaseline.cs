using Sonde.Baselines;
using Sonde.Data;
using Sonde.Records.Baselines;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Running.Baselines;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Paper;

/// <summary>The paper's baseline: support vector machines trained on the same examples as a study's networks [Glorot2010, section 5].</summary>
/// <param name="runs">The run folders; the machines are in <c>DIR/svm</c>.</param>
internal sealed class PaperBaseline(PaperRuns runs)
{
    /// <summary>Its name in lists and the name of its folder.</summary>
    public const string Name = "svm";

    /// <summary>The study whose networks are trained on the same examples.</summary>
    public const string Study = "paper/finite-sample";

    // Enough for two pairs of classes at once with 100,000 examples; with examples and model the process takes 5.5 GB.
    private const int CacheMebibytes = 4096;

    // An estimate times a fit on this many examples. From there to 100,000 examples, time (with the test) grows as their square (docs/svm.md).
    private const int Timed = 2500;

    // Quick scale: the pair that validation chose out of 17 on 10,000 examples (docs/svm.md). Other scales: its neighbours too.
    private static readonly double[] Costs = [1, 2, 3], Widths = [0.006, 0.01];
    private static readonly (double C, double Gamma) Usual = (2, 0.006);

    private TrialSetting Setting => runs.StudyOf(Study).Trials[0].Setting;

    /// <summary>The folder of the fits.</summary>
    public string Directory => runs.DirectoryOf(Name);

    /// <summary>Number of training examples.</summary>
    public int Examples => Setting.Data.Examples!.Value;

    /// <summary>C and gamma of every fit at this scale.</summary>
    public IReadOnlyList<(double C, double Gamma)> Grid { get; } =
        runs.Scale == PaperScale.Quick ? [Usual] : [.. from c in Costs from gamma in Widths select (c, gamma)];

    /// <summary>The fits that have been recorded.</summary>
    /// <exception cref="RecordException">A file is damaged.</exception>
    public IReadOnlyList<SupportVectorFit> Recorded => [.. Grid.Select(at => SupportVectorFit.Find(Directory, at.C, at.Gamma)).OfType<SupportVectorFit>()];

    /// <summary>Reads a fit's prediction for each test example; empty if there is no such file.</summary>
    public IReadOnlyList<Prediction> Predictions(SupportVectorFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var path = SupportVectorFit.PredictionsPathIn(Directory, fit.C, fit.Gamma);
        return File.Exists(path) ? PredictionsTable.Instance.Read(path) : [];
    }

    /// <summary>Trains the missing machines.</summary>
    /// <param name="threads">Number of threads; the results do not depend on it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="notice">Called with messages for the user.</param>
    /// <param name="progress">Called with the progress, from any thread.</param>
    /// <param name="cancellation">Stops training; finished fits are kept.</param>
    /// <exception cref="StudyException">The folder holds fits for other examples.</exception>
    public void Fit(int threads, TimeProvider time, Action<string> notice, Action<SupportVectorProgress> progress, CancellationToken cancellation) =>
        new SupportVectorGrid(SupportVectorTask.FromTrial(Setting, runs.Data), Directory, time, notice).Run(
            Grid, CacheMebibytes, threads, progress, cancellation);

    /// <summary>Estimates the seconds that the missing fits take on this machine, from one fit on few examples.</summary>
    /// <param name="threads">Number of threads.</param>
    /// <param name="time">The clock.</param>
    public double SecondsLeft(int threads, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var missing = Grid.Count - Recorded.Count;
        if (missing == 0)
            return 0;
        var (inputs, labels) = DatasetList.Open(Setting.Data with { Examples = Timed }, runs.Data).ReadFirst(Timed, Split.Train, 1);
        var begun = time.GetTimestamp();
        SupportVectorMachine.Train(inputs, labels, new(Usual.C, Usual.Gamma), threads);
        return missing * time.GetElapsedTime(begun).TotalSeconds * Examples / Timed * Examples / Timed;
    }
}
