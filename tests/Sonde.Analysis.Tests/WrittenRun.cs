using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Training;

namespace Sonde.Analysis.Tests;

/// <summary>A run folder whose trials ended as a test wants it, without training.</summary>
internal sealed class WrittenRun : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sonde-written-").FullName;
    private readonly List<TrialFolder> open = [];

    public WrittenRun(string yaml)
    {
        Study = StudyFile.Parse(yaml, "t.yaml");
        Run = RunFolder.Create(folder, StudyFile.Write(Study));
    }

    public Study Study { get; }

    public RunFolder Run { get; }

    /// <summary>Ends a trial as done.</summary>
    /// <param name="id">The trial.</param>
    /// <param name="validationError">Per cent.</param>
    /// <param name="answers">One character for each test example: 1 if the network is right.</param>
    public void Done(string id, double validationError, string answers)
    {
        var testError = 100.0 * answers.Count(a => a != '1') / answers.Length;
        End(id, TrialStatus.Done, new(1, validationError, 1, testError, 1), [.. answers.Select(a => new Prediction(1, a == '1' ? 1 : 0))]);
    }

    public void End(string id, string status, TrialResult? result = null, IReadOnlyList<Prediction>? predictions = null, string? message = null)
    {
        using var trial = TrialFolder.Open(folder, ManifestOf(id), new(TimeProvider.System))!;
        trial.Finish(status, 10, result, message, predictions);
    }

    /// <summary>Ends many trials alike, with an error curve.</summary>
    public void EndAll(IEnumerable<string> ids, string status, TrialResult result, IReadOnlyList<CurvePoint> curve)
    {
        var settings = Study.Trials.ToDictionary(trial => trial.Id, trial => trial.Setting);
        foreach (var id in ids)
        {
            using var trial = TrialFolder.Open(folder, ManifestOf(id, settings[id]), new(TimeProvider.System))!;
            foreach (var point in curve)
                trial.Add(point);
            trial.Finish(status, 10, result);
        }
    }

    /// <summary>Begins a trial, which stays under way until the test is over, or is left as a killed process leaves it.</summary>
    public void Begin(string id, bool isKilled = false)
    {
        var trial = TrialFolder.Open(folder, ManifestOf(id), new(TimeProvider.System))!;
        if (isKilled)
            trial.Dispose();
        else
            open.Add(trial);
    }

    public string PathOf(string id, string file) => Path.Combine(folder, "trials", id, file);

    public void Dispose()
    {
        open.ForEach(trial => trial.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private TrialManifest ManifestOf(string id) => ManifestOf(id, Study.Trials.Single(trial => trial.Id == id).Setting);

    private TrialManifest ManifestOf(string id, TrialSetting setting) => new()
    {
        Id = id, Study = Study.Name, Setting = setting.Flat, Seed = setting.Seed, Versions = new Dictionary<string, string>(),
        Machine = new Dictionary<string, string>(), Status = TrialStatus.Running, Updates = 0,
    };
}
