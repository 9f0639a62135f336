using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Running.Machines;
using Sonde.Studies;

namespace Sonde.Cli.Probing;

/// <summary>A network, the dataset whose examples it sees, and how many of them.</summary>
/// <param name="Network">The network.</param>
/// <param name="Data">The dataset.</param>
/// <param name="Setting">The setting that describes both.</param>
internal sealed record ProbedNetwork(Network Network, Dataset Data, TrialSetting Setting)
{
    /// <summary>Weights and biases to measure with; null for those that a seed draws.</summary>
    public Parameters? Parameters { get; init; }

    /// <summary>The file that they come from; null if a seed draws them.</summary>
    public string? WeightsFile { get; init; }

    /// <summary>How many examples the probes see; a number that nobody chose gives way to the data.</summary>
    public int Examples { get; } = Setting.Probe.Examples == ProbePlan.DefaultExamples && Data.Open(Split.Probe, Setting.Seed).Count is { } count
        ? (int)Math.Min(count, Setting.Probe.Examples) : Setting.Probe.Examples;

    /// <summary>Returns the different networks of a study: trials that differ in seed, training or optimizer begin with the same one.</summary>
    /// <param name="study">The study.</param>
    /// <param name="open">Opens a dataset.</param>
    public static IReadOnlyList<ProbedNetwork> Of(Study study, Func<DatasetSetting, Dataset> open)
    {
        var data = new Dictionary<DatasetSetting, Dataset>();
        var networks = new List<ProbedNetwork>();
        foreach (var setting in study.Trials.Select(trial => trial.Setting).DistinctBy(setting => (setting.Data, setting.Hidden, setting.Activation.Name,
            setting.Initializer.Name, setting.FirstInitializer?.Name, setting.OutputInitializer?.Name, setting.BiasInitializer?.Name,
            setting.Cost.Name, Output: setting.Flat.GetValueOrDefault(SettingField.Output.Key), setting.Weights, setting.Probe.Examples,
            setting.Probe.MeasuredJacobians)))
        {
            if (!data.TryGetValue(setting.Data, out var set))
                data[setting.Data] = set = open(setting.Data);
            var network = setting.NetworkOn(set);
            MemoryNeed.Check(setting, network);
            networks.Add(new(network, set, setting));
        }
        return networks;
    }

    /// <summary>Says what is measured, in one line.</summary>
    public string Heading(int seeds) => WeightsFile is null ? HeadingOfSeeds(seeds)
        : $"{Chain}, weights of {WeightsFile}, on {Data.Name}: "
            + $"{Examples} examples. Theory is of Gaussian weights with the same sd in each layer.";

    private string Chain => Network.Depth == 0 ? $"{Data.Inputs} -> {Network.Classes}"
        : $"{Data.Inputs} -> {Network.HiddenText} -> {Network.Classes}, {string.Join(" and ", Network.Activations)}";

    private string HeadingOfSeeds(int seeds) =>
        $"{Chain}, {Network.InitializerText} "
        + $"initialization, on {Data.Name}: "
        + $"{Examples} examples, mean of {QuantityText.Count(seeds, "seed")}";

    /// <summary>Measures the network with each of several initial weights.</summary>
    /// <param name="seeds">How many: seeds 1, 2, ...</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Receives a few words on the progress.</param>
    /// <returns>Per seed, the rows of all probes.</returns>
    public IReadOnlyList<IReadOnlyList<LayerStatistics>> Measure(int seeds, int threads, Action<string> progress)
    {
        var perSeed = new List<IReadOnlyList<LayerStatistics>>();
        IReadOnlyList<Probe> probes = Setting.Probe.MeasuredJacobians == 0 ? ProbeList.Basic
            : [.. ProbeList.Basic, new JacobianProbe(Setting.Probe.MeasuredJacobians, threads, (done, all) =>
                progress($"seed {perSeed.Count + 1} of {seeds}, Jacobian {done} of {all}"))];
        if (Parameters is { } parameters)
            return [InitializationProbe.Measure(Network, Data, parameters, Examples, threads, probes)];
        foreach (var rows in InitializationProbe.Measure(
            Network, Data, Enumerable.Range(1, seeds).Select(seed => (ulong)seed), Examples, threads, probes))
        {
            perSeed.Add(rows);
            progress($"seed {perSeed.Count} of {seeds}");
        }
        return perSeed;
    }
}
