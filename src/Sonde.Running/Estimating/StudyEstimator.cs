using Sonde.Data;
using Sonde.Records.Trials;
using Sonde.Running.Cores;
using Sonde.Running.Machines;
using Sonde.Running.Trials;
using Sonde.Running.Workloads;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Estimating;

/// <summary>Estimates the time and disk space of a study on this machine, without training or writing anything.</summary>
/// <remarks>Sonde times the engine on the networks with the most work, and estimates the others from their multiplications. If the run folder holds
/// finished trials of this machine, their update rate counts instead.</remarks>
/// <param name="study">The study.</param>
/// <param name="directory">The run folder, which need not exist.</param>
/// <param name="options">How the study would run.</param>
/// <param name="time">The clock.</param>
/// <param name="timings">Timings that it shares with the estimates of other studies; null times up to three networks for this study alone.</param>
internal sealed class StudyEstimator(Study study, string directory, RunOptions options, TimeProvider time, SharedTimings? timings = null)
{
    private const int MostTimed = 3;
    private readonly SharedTimings timings = timings ?? new(MostTimed);
    private readonly Dictionary<DatasetSetting, Dataset> datasets = [];
    private readonly List<string> missing = [];
    private CoreAllocation? allocation;
    private readonly Dictionary<(int Layers, int Classes, bool HasJacobian), DiskUse> disks = [];

    /// <summary>Measures and estimates.</summary>
    /// <exception cref="StudyException">The run folder holds another study, or there are too few examples to probe, or a network cannot be pre-trained with
    /// its setting, or a file of weights is missing or another than before.</exception>
    public StudyEstimate Estimate()
    {
        study = RunDirectory.WithIntervals(directory, study);
        var run = RunDirectory.Find(directory, study);
        var begun = run?.Trials.Intersect(study.Trials.Select(trial => trial.Id)).ToDictionary(id => id, id => run.ReadManifest(id)) ?? [];
        foreach (var setting in study.Trials.Select(trial => trial.Setting.Data).Distinct())
            Open(setting);
        var settings = study.Trials.Select(trial => trial.Setting).Where(setting => datasets.ContainsKey(setting.Data)).ToList();
        foreach (var setting in settings)
            DataRequirements.Check(setting, datasets[setting.Data]);
        foreach (var setting in settings.DistinctBy(Workload.FromSetting))
            MemoryNeed.Check(setting, NetworkOf(setting), Math.Min(options.Parallel ?? 1, study.Trials.Count));
        var weights = new StartingWeights(options.ReadWeights);
        weights.Check(settings, NetworkOf);
        foreach (var trial in study.Trials.Where(trial => datasets.ContainsKey(trial.Setting.Data) && begun.ContainsKey(trial.Id)))
            weights.Check(begun[trial.Id], trial.Setting);
        var costs = Costs(begun);
        var rates = Rates(begun);
        var trials = study.Trials.Select(trial => Estimate(trial, begun.GetValueOrDefault(trial.Id), costs, rates)).ToList();
        return new(trials, allocation?.Parallel ?? 1, rates.Count, missing)
        {
            Threads = allocation?.Threads ?? 0,
            SearchShare = study.Search?.ShareOf(study.Trials.Count, study.Trials.Max(trial => trial.Setting.Plan.Updates)) ?? 1,
        };
    }

    private void Open(DatasetSetting setting)
    {
        try
        {
            datasets[setting] = DatasetList.Open(setting, options.Data);
        }
        catch (DataException e)
        {
            missing.Add(e.Message);
        }
    }

    /// <summary>Returns the times of every workload whose data exists.</summary>
    private Dictionary<Workload, WorkloadCost> Costs(Dictionary<string, TrialManifest> begun)
    {
        var workloads = study.Trials.Where(trial => datasets.ContainsKey(trial.Setting.Data)).GroupBy(trial => Workload.FromSetting(trial.Setting))
            .Select(trials => (Workload: trials.Key, trials.First().Setting, Network: NetworkOf(trials.First().Setting),
                Left: trials.Sum(trial => (double)Left(trial, begun.GetValueOrDefault(trial.Id)))))
            .OrderByDescending(w => w.Left * w.Workload.Batch * Workload.Multiplications(w.Network)).ToList();
        var open = study.Trials.Count(trial => datasets.ContainsKey(trial.Setting.Data) && Left(trial, begun.GetValueOrDefault(trial.Id)) > 0);
        if (workloads.Count == 0)
            return [];
        // As sonde run shares the cores: the workload with the most work decides.
        var works = workloads.Select(w => TrialWork.FromSetting(w.Setting, datasets[w.Setting.Data])).ToList();
        var ways = CoreAllocation.Worthwhile(Environment.ProcessorCount, Math.Max(1, open), (options.Parallel, options.Threads), works);
        foreach (var w in workloads.Take(MostTimed))
        {
            timings.Time(w.Workload, () => ways.Select(way => new WorkloadTiming(way, time).Measure(w.Setting, w.Network, datasets[w.Setting.Data]))
                .MinBy(cost => cost.Update / cost.Allocation.Parallel)!);
            ways = allocation is null ? [allocation = timings.Get(w.Workload, w.Network).Allocation] : ways;
        }
        return workloads.ToDictionary(w => w.Workload, w => timings.Get(w.Workload, w.Network));
    }

    /// <summary>Returns the seconds per update of each workload that has finished trials.</summary>
    private Dictionary<Workload, double> Rates(Dictionary<string, TrialManifest> begun) => study.Trials
        .Where(trial => datasets.ContainsKey(trial.Setting.Data) && begun.TryGetValue(trial.Id, out var manifest)
        && manifest is { Status: TrialStatus.Done, Result: not null }
            && IsOfThisMachine(manifest))
        .GroupBy(trial => Workload.FromSetting(trial.Setting))
        .ToDictionary(trials => trials.Key, trials => trials.Average(trial => begun[trial.Id].Result!.TrainingSeconds
            / Workload.SupervisedUpdates(trial.Setting, NetworkOf(trial.Setting), trial.Setting.Begin, begun[trial.Id].Updates)));

    private TrialEstimate Estimate(Trial trial, TrialManifest? manifest, Dictionary<Workload, WorkloadCost> costs, Dictionary<Workload, double> rates)
    {
        var (status, left, plan) = (manifest?.Status ?? TrialProgress.Waiting, Left(trial, manifest), trial.Setting.Plan);
        var workload = Workload.FromSetting(trial.Setting);
        if (!costs.TryGetValue(workload, out var cost))
            return new(trial, status, left, null, null);
        var data = datasets[trial.Setting.Data];
        long Examples(Split split) => data.OpenFirst(plan.EvaluationExamples, split, plan.Seed).Length;
        var (validation, test) = (Examples(Split.Validation), Examples(Split.Test));
        var planned = plan.Updates - trial.Setting.Begin;
        var between = DiskUse.Times(planned, trial.Setting.Probe.Every) * cost.Observation
            + (DiskUse.Times(planned, plan.EvaluateEvery) * (validation + test) + test) * cost.Example;
        var updates = Workload.SupervisedUpdates(trial.Setting, cost.Network, plan.Updates - left, plan.Updates);
        var seconds = updates * rates.GetValueOrDefault(workload, cost.Update) + between * left / planned;
        return new(trial, status, left, seconds, DiskOf(cost, trial.Setting).BytesOf(cost.Network, trial.Setting, test));
    }

    private DiskUse DiskOf(WorkloadCost cost, TrialSetting setting)
    {
        var shape = (cost.Network.Layers, cost.Network.Classes, setting.Probe.MeasuredJacobians > 0);
        if (!disks.TryGetValue(shape, out var disk))
            disks[shape] = disk = new(cost.Rows, cost.Network.Classes);
        return disk;
    }

    private Networks.Network NetworkOf(TrialSetting setting) => setting.NetworkOn(datasets[setting.Data]);

    private static bool IsOfThisMachine(TrialManifest manifest) =>
        ((string[])["processor", "cores"]).All(fact => manifest.Machine.GetValueOrDefault(fact) == Machine.Facts[fact]);

    private static long Left(Trial trial, TrialManifest? manifest) =>
        manifest?.Status == TrialStatus.Diverged
        || manifest is { Status: TrialStatus.Done, Stop: not null } && !LongerTrials.IsLonger(trial.Setting, manifest.Setting) ? 0
            : trial.Setting.Plan.Updates - (manifest?.Updates ?? trial.Setting.Begin);
}
