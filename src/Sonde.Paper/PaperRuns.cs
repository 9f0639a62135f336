using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Analysis.Trials;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Paper.Models;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Paper;

/// <summary>The run folders of the paper's studies at one scale: <c>DIR/shapeset</c> for <c>paper/shapeset</c>, and so on.</summary>
/// <param name="directory">The folder that holds them.</param>
/// <param name="scale">A name of <see cref="PaperScale"/>.</param>
/// <param name="data">The folders of datasets; null for the user's own.</param>
internal sealed class PaperRuns(string directory, string scale, DataFolder? data = null)
{
    /// <summary>Datasets built from images that replace a study's own data if that is missing: CIFAR-10 is also distributed as JPEG files.</summary>
    private static readonly Dictionary<string, string> StandIns = new() { ["paper/cifar10"] = "cifar10-jpeg" };

    private readonly Dictionary<string, IReadOnlyList<FoundTrial>> found = [];
    private readonly Dictionary<(string Study, string Id), RecordedTrial> read = [];

    /// <summary>The folder that holds them.</summary>
    public string Directory { get; } = directory;

    /// <summary>The scale.</summary>
    public string Scale { get; } = scale;

    /// <summary>The folders of datasets.</summary>
    public DataFolder Data { get; } = data ?? DataFolder.OfUser();

    /// <summary>Studies whose data is missing, each with the message that says what to do.</summary>
    public Dictionary<string, string> Missing { get; } = [];

    /// <summary>Opens the study at this scale.</summary>
    /// <exception cref="StudyException">There is no such study.</exception>
    public Study StudyOf(string name)
    {
        var study = StudyList.Open(name, scale: Scale);
        return StandIns.TryGetValue(name, out var standIn) && FindDataset(study.Trials[0].Setting.Data) is null
            && FindDataset(new() { Name = standIn }) is not null
            ? StudyList.Open(name, [$"data={standIn}"], Scale) : study;
    }

    /// <summary>Adds to <see cref="Missing"/> the studies that have not begun and whose data is missing.</summary>
    public void NoteMissing(IEnumerable<string> studies)
    {
        ArgumentNullException.ThrowIfNull(studies);
        foreach (var study in studies.Where(study => !HasRecords(study)))
            if (FindDataset(StudyOf(study).Trials[0].Setting.Data, out var missing) is null)
                Missing[study] = missing!;
    }

    /// <summary>Opens a dataset; null if it is missing.</summary>
    /// <param name="setting">Its name and settings.</param>
    public Dataset? FindDataset(DatasetSetting setting) => FindDataset(setting, out _);

    /// <summary>Returns the run folder of a study.</summary>
    public string DirectoryOf(string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Path.Combine(Directory, study[(study.IndexOf('/', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>True if a trial of the study has begun.</summary>
    public bool HasRecords(string study) => Trials(study).Any(trial => trial.Manifest is not null);

    /// <summary>Reads every trial of a study in its present state; none if the study has not begun.</summary>
    public IReadOnlyList<FoundTrial> Trials(string study)
    {
        if (!found.TryGetValue(study, out var trials))
            found[study] = trials = System.IO.Directory.Exists(Path.Combine(DirectoryOf(study), "trials"))
                ? RunContents.Read(RunFolder.Open(DirectoryOf(study))) : [];
        return trials;
    }

    /// <summary>Reads the trials of one model, all seeds. If a study tried several learning rates (also of pre-training), those of the rate with the lowest
    /// validation error.</summary>
    /// <param name="study">The study.</param>
    /// <param name="label">The model's name in legends.</param>
    /// <param name="isOfModel">True for the settings of the model's trials.</param>
    /// <returns>No trials if none has begun.</returns>
    public ModelTrials TrialsOf(string study, string label, Func<RecordedSetting, bool> isOfModel)
    {
        var candidates = Trials(study).Where(trial => isOfModel(trial.Setting))
            .GroupBy(trial => (trial.Setting.LearningRate, trial.Setting.Pretraining?.LearningRate))
            .Select(group => new Candidate(group.First().Setting, [.. group])).ToList();
        var chosen = candidates.Where(candidate => candidate.ValidationError is not null).MinBy(candidate => (candidate.ValidationError!.Mean, candidate.Rate))
            ?? candidates.MaxBy(candidate => candidate.Trials.Sum(trial => trial.Updates));
        return new(label, chosen is null ? [] : [.. chosen.Trials.Where(trial => trial.Manifest is not null).Select(trial => Read(study, trial.Id))]);
    }

    /// <summary>Reads the trials of a model of Table 1.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">The model.</param>
    /// <param name="where">A further condition on the settings; null for none.</param>
    public ModelTrials TrialsOf(string study, PaperModel model, Func<RecordedSetting, bool>? where = null) =>
        TrialsOf(study, model.Label, setting => model.IsOf(setting) && (where is null || where(setting)));

    /// <summary>True if several learning rates were tried with a model's setting and validation chose the smallest or the largest: a wider grid may choose
    /// another one.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">Trials of <see cref="TrialsOf(string, string, Func{RecordedSetting, bool})"/>.</param>
    public bool IsRateAtEdge(string study, ModelTrials model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Trials.Count == 0)
            return false;
        var own = TrialFacts.Of(model.Trials[0].Manifest).Setting;
        var rates = Trials(study).Select(trial => trial.Setting).Where(setting => IsSameButForTheRate(setting, own)).Select(setting => setting.LearningRate)
            .OfType<float>().Distinct().ToList();
        return rates.Count > 1 && (own.LearningRate == rates.Min() || own.LearningRate == rates.Max());
    }

    /// <summary>Chooses and compares the models of a study; null if it has not begun.</summary>
    /// <param name="study">The study.</param>
    /// <param name="where">True for the trials that take part.</param>
    public StudySelection? Selection(string study, Func<FoundTrial, bool> where) =>
        HasRecords(study) ? StudySelection.Of(RunFolder.Open(DirectoryOf(study)), [.. Trials(study).Where(where)]) : null;

    /// <summary>Reads the predictions of a trial's final network for each test example; empty until the trial is done.</summary>
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

    private static bool IsSameButForTheRate(RecordedSetting one, RecordedSetting other)
    {
        static Dictionary<string, string> Rest(RecordedSetting setting) =>
            setting.Flat.Where(field => field.Key != SettingField.LearningRate.Key && field.Key != SettingField.Seed.Key).ToDictionary();
        var (rest, others) = (Rest(one), Rest(other));
        return rest.Count == others.Count && rest.All(field => others.GetValueOrDefault(field.Key) == field.Value);
    }

    private RecordedTrial Read(string study, string id) =>
        read.TryGetValue((study, id), out var trial) ? trial : read[(study, id)] = RunFolder.Open(DirectoryOf(study)).ReadWhatIsWhole(id);
}
