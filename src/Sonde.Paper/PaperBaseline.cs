using Sonde.Baselines;
using Sonde.Data;
using Sonde.Records.Baselines;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Running.Baselines;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Paper;

/// <summary>The paper's baseline: support vector machines that learn from the very examples of a study's networks [Glorot2010, section 5].</summary>
/// <param name="runs">The run folders; theirs is <c>DIR/svm</c>.</param>
public sealed class PaperBaseline(PaperRuns runs)
{
    /// <summary>Its name in lists, and that of its folder.</summary>
    public const string Name = "svm";

    /// <summary>The study whose networks learn from the same examples.</summary>
    public const string Study = "paper/finite-sample";

    // Two pairs of classes at a time, of 100,000 examples, want as much; with examples and model that is 5.5 GB.
    private const int CacheMebibytes = 4096;

    // An estimate times so many examples. From there to 100,000 the time, test included, grows as the square of their number (docs/svm.md).
    private const int Timed = 2500;

    // At quick scale the pair that validation chose out of 17 on 10,000 examples (docs/svm.md); at others its neighbours too.
    private static readonly double[] Costs = [1, 2, 3], Widths = [0.006, 0.01];
    private static readonly (double C, double Gamma) Usual = (2, 0.006);

    private TrialSetting Setting => runs.StudyOf(Study).Trials[0].Setting;

    /// <summary>The folder of the fits.</summary>
    public string Directory => runs.DirectoryOf(Name);

    /// <summary>Training examples.</summary>
    public int Examples => Setting.Data.Examples!.Value;

    /// <summary>C and gamma of every fit at this scale.</summary>
    public IReadOnlyList<(double C, double Gamma)> Grid { get; } =
        runs.Scale == PaperScale.Quick ? [Usual] : [.. from c in Costs from gamma in Widths select (c, gamma)];

    /// <summary>The fits that are there.</summary>
    /// <exception cref="RecordException">A file is damaged.</exception>
    public IReadOnlyList<SupportVectorFit> Recorded => [.. Grid.Select(at => SupportVectorFit.Find(Directory, at.C, at.Gamma)).OfType<SupportVectorFit>()];

    /// <summary>What a fit says of each test example; empty where that is missing.</summary>
    public IReadOnlyList<Prediction> Predictions(SupportVectorFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var path = SupportVectorFit.PredictionsPathIn(Directory, fit.C, fit.Gamma);
        return File.Exists(path) ? PredictionsTable.Instance.Read(path) : [];
    }

    /// <summary>Trains those that are missing.</summary>
    /// <param name="threads">Threads; no error depends on them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="notice">Told sentences for the user.</param>
    /// <param name="progress">Told, from any thread, how far it is.</param>
    /// <param name="cancellation">Stops; fits that are done are kept.</param>
    /// <exception cref="StudyException">The folder holds fits of something else.</exception>
    public void Fit(int threads, TimeProvider time, Action<string> notice, Action<SupportVectorProgress> progress, CancellationToken cancellation) =>
        new SupportVectorGrid(SupportVectorTask.FromTrial(Setting, runs.Data), Directory, time, notice).Run(
            Grid, CacheMebibytes, threads, progress, cancellation);

    /// <summary>Seconds that the missing fits would take here, from one on few examples.</summary>
    /// <param name="threads">Threads.</param>
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
