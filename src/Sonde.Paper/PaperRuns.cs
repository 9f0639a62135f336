using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Paper.Figures;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Paper;

/// <summary>The run folders of the paper's studies at one scale: <c>DIR/shapeset</c> for <c>paper/shapeset</c>, and so on.</summary>
/// <param name="directory">The folder that holds them.</param>
/// <param name="scale">A name of <see cref="PaperScale"/>.</param>
/// <param name="data">Where datasets lie; null for the user's places.</param>
public sealed class PaperRuns(string directory, string scale, DataFolder? data = null)
{
    /// <summary>Sets built from images that stand in where a study's own data is missing: the pictures of CIFAR-10 are also passed on as JPEG files.</summary>
    private static readonly Dictionary<string, string> StandIns = new() { ["paper/cifar10"] = "cifar10-jpeg" };

    private readonly Dictionary<string, IReadOnlyList<FoundTrial>> found = [];
    private readonly Dictionary<(string Study, string Id), RecordedTrial> read = [];

    /// <summary>The folder that holds them.</summary>
    public string Directory { get; } = directory;

    /// <summary>The scale.</summary>
    public string Scale { get; } = scale;

    /// <summary>Where datasets lie.</summary>
    public DataFolder Data { get; } = data ?? DataFolder.OfUser();

    /// <summary>Studies whose data is missing, each with a sentence that says what to do.</summary>
    public Dictionary<string, string> Missing { get; } = [];

    /// <summary>The study at this scale.</summary>
    /// <exception cref="StudyException">There is no such study.</exception>
    public Study StudyOf(string name)
    {
        var study = StudyList.Open(name, scale: Scale);
        return StandIns.TryGetValue(name, out var standIn) && FindDataset(study.Trials[0].Setting.Data) is null
            && FindDataset(new() { Name = standIn }) is not null
            ? StudyList.Open(name, [$"data={standIn}"], Scale) : study;
    }

    /// <summary>Adds to <see cref="Missing"/> the studies that have not begun and cannot: what training them would find.</summary>
    public void NoteMissing(IEnumerable<string> studies)
    {
        ArgumentNullException.ThrowIfNull(studies);
        foreach (var study in studies.Where(study => !HasRecords(study)))
            if (FindDataset(StudyOf(study).Trials[0].Setting.Data, out var missing) is null)
                Missing[study] = missing!;
    }

    /// <summary>A dataset, or null where it is missing.</summary>
    /// <param name="setting">Its name and settings.</param>
    public Dataset? FindDataset(DatasetSetting setting) => FindDataset(setting, out _);

    /// <summary>The run folder of a study.</summary>
    public string DirectoryOf(string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Path.Combine(Directory, study[(study.IndexOf('/', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>True where a trial of the study has begun.</summary>
    public bool HasRecords(string study) => Trials(study).Any(trial => trial.Manifest is not null);

    /// <summary>Every trial of a study as it stands; none where it has not begun.</summary>
    public IReadOnlyList<FoundTrial> Trials(string study)
    {
        if (!found.TryGetValue(study, out var trials))
            found[study] = trials = System.IO.Directory.Exists(Path.Combine(DirectoryOf(study), "trials"))
                ? RunContents.Read(RunFolder.Open(DirectoryOf(study))) : [];
        return trials;
    }

    /// <summary>One model of a study over its seeds; of several learning rates, also of pre-training, the one with the least validation error.</summary>
    /// <param name="study">The study.</param>
    /// <param name="label">Its name in legends.</param>
    /// <param name="where">Settings that its trials have, by path: <c>("network.cost", "quadratic")</c>.</param>
    /// <returns>An model without trials where none has begun.</returns>
    public ModelTrials TrialsOf(string study, string label, params IReadOnlyList<(string Path, string Value)> where)
    {
        var candidates = Trials(study).Where(trial => where.All(w => trial.Setting.Flat.GetValueOrDefault(w.Path) == w.Value))
            .GroupBy(trial => (trial.Setting.LearningRate, trial.Setting.Pretraining?.LearningRate))
            .Select(group => new Candidate(group.First().Setting, [.. group])).ToList();
        var chosen = candidates.Where(candidate => candidate.ValidationError is not null).MinBy(candidate => (candidate.ValidationError!.Mean, candidate.Rate))
            ?? candidates.MaxBy(candidate => candidate.Trials.Sum(trial => trial.Updates));
        return new(label, chosen is null ? [] : [.. chosen.Trials.Where(trial => trial.Manifest is not null).Select(trial => Read(study, trial.Id))]);
    }

    /// <summary>One model of Table 1 in a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">The model.</param>
    /// <param name="where">More settings that its trials have.</param>
    public ModelTrials TrialsOf(string study, PaperModel model, params IReadOnlyList<(string Path, string Value)> where)
    {
        ArgumentNullException.ThrowIfNull(model);
        return TrialsOf(study, model.Label, [("network.activation", model.Activation), ("network.init", model.Initializer), .. where]);
    }

    /// <summary>What a study chose and compared; null where it has not begun.</summary>
    /// <param name="study">The study.</param>
    /// <param name="where">Which of its trials take part.</param>
    public StudySelection? Selection(string study, Func<FoundTrial, bool> where) =>
        HasRecords(study) ? StudySelection.Of(RunFolder.Open(DirectoryOf(study)), [.. Trials(study).Where(where)]) : null;

    /// <summary>What the network of a trial says of each test example at its end; empty while it is under way.</summary>
    /// <param name="study">The study.</param>
    /// <param name="id">The trial.</param>
    public IReadOnlyList<Prediction> Predictions(string study, string id) => RunFolder.Open(DirectoryOf(study)).ReadPredictions(id);

    private Dataset? FindDataset(DatasetSetting setting, out string? missing)
    {
        missing = null;
        try
        {
            return DatasetList.Open(setting, Data);
        }
        catch (DataException e)
        {
            missing = e.Message;
            return null;
        }
    }

    private RecordedTrial Read(string study, string id) =>
        read.TryGetValue((study, id), out var trial) ? trial : read[(study, id)] = RunFolder.Open(DirectoryOf(study)).ReadWhatIsWhole(id);
}
