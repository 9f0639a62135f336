using Sonde.Data;
using Sonde.Records.Trials;
using Sonde.Running.Machines;
using Sonde.Running.Trials;
using Sonde.Running.Workloads;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running;

/// <summary>The examples that a study's trials learn from and the files that they start from, opened and checked before anything is trained.</summary>
internal sealed class StudyData
{
    private readonly RunOptions options;
    private readonly Dictionary<DatasetSetting, Dataset> datasets = [];

    /// <summary>Opens everything, and checks that each trial can be trained with it.</summary>
    /// <param name="study">The study.</param>
    /// <param name="options">How to run.</param>
    /// <param name="notice">Receives what the user should know of the data.</param>
    /// <exception cref="StudyException">There are too few examples to probe, a network does not fit the data or into memory, or a file of weights is
    /// missing.</exception>
    /// <exception cref="DataException">A dataset is missing or broken.</exception>
    public StudyData(Study study, RunOptions options, Action<string> notice)
    {
        (this.options, Weights) = (options, new(options.ReadWeights));
        var settings = study.Trials.Select(trial => trial.Setting).ToList();
        foreach (var setting in settings.Select(setting => setting.Data).Distinct())
            datasets[setting] = DatasetList.Open(setting, options.Data);
        foreach (var sentence in datasets.Values.SelectMany(data => data.Account))
            notice(sentence);
        foreach (var setting in settings)
            DataRequirements.Check(setting, datasets[setting.Data]);
        foreach (var setting in settings.DistinctBy(Workload.FromSetting))
            MemoryNeed.Check(setting, setting.NetworkOn(datasets[setting.Data]), Math.Min(options.Parallel ?? 1, settings.Count));
        Weights.Check(settings, setting => setting.NetworkOn(datasets[setting.Data]));
        foreach (var mismatch in settings.Select(setting => setting.NetworkOn(datasets[setting.Data]).Mismatch).OfType<string>().Distinct())
            notice(mismatch);
        foreach (var sentence in settings.Select(ProbedExamples).OfType<string>().Distinct())
            notice(sentence);
    }

    /// <summary>Reads the files that trials start from.</summary>
    public StartingWeights Weights { get; }

    /// <summary>The examples of a trial of the study.</summary>
    public Dataset Of(Trial trial) => datasets[trial.Setting.Data];

    /// <summary>Returns a dataset that is open, or opens another one.</summary>
    /// <exception cref="DataException">It cannot be opened.</exception>
    public Dataset Open(DatasetSetting setting) => datasets.GetValueOrDefault(setting) ?? DatasetList.Open(setting, options.Data);

    /// <summary>Refuses a trial that began with other examples or other weights: it could neither be continued nor compared with trials of these.</summary>
    /// <exception cref="StudyException">It began with others.</exception>
    public void Check(Trial trial, TrialManifest manifest)
    {
        var data = Of(trial);
        if (manifest.Versions.GetValueOrDefault(TrialRunner.DataVersion) is { } before && before != data.Digest)
            throw new StudyException($"{data.Name}: expected the examples that {manifest.Id} began with, SHA-256 {before}, got others, SHA-256 {data.Digest}. "
                + "Restore the files as they were, or run into another folder with --out.");
        Weights.Check(manifest, trial.Setting);
    }

    // The default is larger than some test parts.
    private string? ProbedExamples(TrialSetting setting) => datasets[setting.Data] is var data
        && data.Open(Split.Probe, setting.Seed).Count is { } count && count < setting.Probe.Examples
            ? $"probes observe {count:N0} {(count == 1 ? "example" : "examples")}, all test examples of {data.Name}" : null;
}
