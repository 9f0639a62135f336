using Sonde.Paper.Models;
using Sonde.Probes;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Training;

namespace Sonde.Paper.Tests;

/// <summary>Run folders of the paper's studies with made-up numbers, without training.</summary>
internal sealed class MadeUpRuns : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sonde-paper-").FullName;

    /// <summary>The runs for claims to read. Get it again after adding trials.</summary>
    public PaperRuns Runs => new(folder, Scale);

    /// <summary>The scale of the studies.</summary>
    public string Scale { get; init; } = PaperScale.Quick;

    /// <summary>Evaluations of every trial before its last.</summary>
    public IReadOnlyList<CurvePoint> Earlier { get; init; } = [];

    /// <summary>Updates that trials have done since their last records: an interrupted trial has some.</summary>
    public long Untested { get; init; }

    /// <summary>The predictions of every trial at its end; null for none.</summary>
    public IReadOnlyList<Prediction>? Predictions { get; init; }

    /// <summary>The predictions of a trial at its end, by its test error, if <see cref="Predictions"/> is null.</summary>
    public Func<double, IReadOnlyList<Prediction>>? PredictionsAt { get; init; }

    /// <summary>Ends every trial of a model, all its seeds and learning rates, with the same records.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">The model.</param>
    /// <param name="updates">Updates done.</param>
    /// <param name="error">Last validation and test error, in per cent.</param>
    /// <param name="rows">Statistics of layers.</param>
    /// <param name="histograms">Histograms.</param>
    /// <param name="where">More settings that its trials have.</param>
    public MadeUpRuns Add(
        string study, PaperModel model, long updates, double error, IEnumerable<LayerStatistics>? rows = null, IEnumerable<LayerHistogram>? histograms = null,
        params IReadOnlyList<(string Path, string Value)> where)
    {
        // A study that does not come with Sonde yet has the settings of the Shapeset study.
        var read = Runs.StudyOf(StudyList.Names.Contains(study) ? study : "paper/shapeset");
        var directory = Runs.DirectoryOf(study);
        RunFolder.Create(directory, StudyFile.Write(read));
        IReadOnlyList<(string, string)> wanted = [("network.activation", model.Activation.Name), ("network.init", model.Initializer.Name), .. where];
        var trials = read.Trials.Where(trial => wanted.All(w => trial.Setting.Flat[w.Item1] == w.Item2)).ToList();
        Assert.NotEmpty(trials);
        foreach (var trial in trials)
        {
            var manifest = new TrialManifest
            {
                Id = trial.Id, Study = study, Setting = trial.Setting.Flat, Seed = trial.Setting.Seed, Status = TrialStatus.Running, Updates = 0,
                Versions = new Dictionary<string, string>(), Machine = new Dictionary<string, string>(),
            };
            using var written = TrialFolder.Open(directory, manifest, new(TimeProvider.System))!;
            foreach (var row in rows ?? [])
                written.Add(row);
            foreach (var histogram in histograms ?? [])
                written.Add(histogram);
            foreach (var point in Earlier)
                written.Add(point);
            foreach (var split in new[] { "validation", "test" })
                written.Add(new CurvePoint(updates, split, 1, error));
            written.Finish(TrialStatus.Done, updates + Untested, new(1, error, 1, error, 1), predictions: Predictions ?? PredictionsAt?.Invoke(error));
        }
        return this;
    }

    /// <summary>Statistics of a quantity at one update: a row for each hidden layer.</summary>
    /// <param name="update">The update.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="mean">Means, layer 1 first.</param>
    /// <param name="sd">Standard deviations; those that are missing are 1.</param>
    /// <param name="p98">98th percentiles; those that are missing are 0.</param>
    /// <param name="saturated">Saturated shares; those that are missing are 0.</param>
    /// <param name="dead">Shares of units saturated on every example; those that are missing are 0.</param>
    public static IEnumerable<LayerStatistics> AtUpdate(
        long update, string quantity, double[]? mean = null, double[]? sd = null, double[]? p98 = null, double[]? saturated = null, double[]? dead = null)
    {
        static double At(double[]? values, int k, double otherwise) => values is not null && k < values.Length ? values[k] : otherwise;
        var layers = new[] { mean, sd, p98, saturated }.Max(values => values?.Length ?? 0);
        return Enumerable.Range(0, layers).Select(k =>
            new LayerStatistics(update, k + 1, quantity, 1000, At(mean, k, 0), At(sd, k, 1), 0, 0, 0, 0, 0, At(p98, k, 0), 0, At(saturated, k, 0),
                At(dead, k, 0), 0));
    }

    /// <summary>Statistics of one layer alone, such as the output layer.</summary>
    public static LayerStatistics Row(long update, int layer, string quantity, double sd) =>
        new(update, layer, quantity, 9, 0, sd, 0, 0, 0, 0, 0, 0, 0, null, null, 0);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
