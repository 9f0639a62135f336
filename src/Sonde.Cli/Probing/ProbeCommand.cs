using System.CommandLine;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Studies;

namespace Sonde.Cli.Probing;

/// <summary><c>sonde probe</c>: every layer of a network before its first update.</summary>
internal static class ProbeCommand
{
    // Options that are study settings by another name: the study's grammar checks them and words their errors.
    private static readonly (string Option, string Path, string Description)[] Settings =
    [
        ("--data", "data", $"Dataset: {string.Join(", ", DatasetList.Names)}, or one you built. [default: shapeset]"),
        ("--hidden", "network.hidden", "Hidden widths from the input: 1000x5, or 500,300. [default: 1000x5]"),
        ("--activation", "network.activation", $"Non-linearity: {string.Join(", ", ActivationList.All)}. [default: tanh]"),
        ("--init", "network.init", $"Initializer: {string.Join(", ", InitializerList.Names)}. [default: normalized]"),
        ("--cost", "network.cost", $"Cost: {string.Join(", ", CostList.All)}. [default: nll]"),
        ("--examples", "probe.examples", "How many probe examples. [default: 300]"),
    ];

    private const string Base =
        "{study: probe, data: shapeset, network: {hidden: 1000x5, activation: tanh, init: normalized, cost: nll}, probe: {examples: 300}}";

    public static Command Create()
    {
        var settings = Settings.Select(s => (Option: new Option<string?>(s.Option) { Description = s.Description }, s.Path)).ToList();
        var seeds = new Option<int>("--seeds") { Description = "How many seeds to average over.", DefaultValueFactory = _ => 5 };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads; the result does not depend on it.", DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var dataFolder = new Option<string?>("--data-dir") { Description = "Where datasets lie (else SONDE_DATA, else your cache)." };
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var jacobian = new Option<string?>("--jacobian")
        {
            Description = $"Also the singular values of each hidden layer's Jacobian, at so many of the examples ({ProbePlan.DefaultJacobianExamples} if no number is given). "
                + "Takes a tenth of a second for each layer of 1,000 units, example and seed, so not unless asked.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        seeds.Validators.Add(CheckPositive);
        threads.Validators.Add(CheckPositive);

        var command = new Verb("probe", "Measures every layer of a network at initialization: activations, back-propagated gradients, weight gradients.",
            "sonde probe --init standard       # gradients that shrink on their way down",
            "sonde probe --init normalized     # and those that do not",
            "sonde probe --jacobian --seeds 1  # and the singular values of each layer's Jacobian",
            "sonde probe --data mnist --hidden 800,400 --activation relu --init he --json");
        foreach (var (option, _) in settings)
            command.Add(option);
        foreach (var option in new Option[] { jacobian, seeds, threads, dataFolder, json })
            command.Add(option);
        command.SetAction(parsed =>
        {
            var overrides = settings.Where(s => parsed.GetValue(s.Option) is not null).Select(s => $"{s.Path}={parsed.GetValue(s.Option)}").ToList();
            if (parsed.GetResult(jacobian) is not null)
                overrides.Add($"probe.jacobian={parsed.GetValue(jacobian) ?? $"{ProbePlan.DefaultJacobianExamples}"}");
            var setting = StudyFile.Parse(Base, "the command line", overrides).Trials[0].Setting;
            var data = DatasetList.Open(setting.Data, DataFolder.OfUser(parsed.GetValue(dataFolder)));
            var network = setting.NetworkOn(data);
            var (seedCount, asJson) = (parsed.GetValue(seeds), parsed.GetValue(json));
            // Said before the work, which takes seconds: the user sees at once what is measured.
            if (!asJson)
                Console.Out.WriteLine(ProbeResult.Heading(network, data, setting.Probe.Examples, seedCount));
            var perSeed = Measure(network, data, setting, seedCount, parsed.GetValue(threads));
            var result = new ProbeResult(network, data, setting.Probe.Examples, perSeed);
            if (asJson)
                Terminal.WriteJson(result.ToJson());
            else
                result.WriteTable(Console.Out);
        });
        return command;
    }

    private static List<IReadOnlyList<LayerStatistics>> Measure(Network network, Dataset data, TrialSetting setting, int seeds, int threads)
    {
        var perSeed = new List<IReadOnlyList<LayerStatistics>>();
        IReadOnlyList<Probe> probes = setting.Probe.MeasuredJacobians == 0 ? ProbeList.Basic
            : [.. ProbeList.Basic, new JacobianProbe(setting.Probe.MeasuredJacobians, threads, (done, all) =>
            Show($"seed {perSeed.Count + 1} of {seeds}, Jacobian {done} of {all}"))];
        foreach (var rows in InitializationProbe.Measure(
            network, data, Enumerable.Range(1, seeds).Select(seed => (ulong)seed), setting.Probe.Examples, threads, probes))
        {
            perSeed.Add(rows);
            Show(perSeed.Count < seeds ? $"seed {perSeed.Count} of {seeds}" : "");
        }
        return perSeed;
    }

    /// <summary>Replaces the line of progress.</summary>
    private static void Show(string progress)
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write($"\r{progress,-40}\r{progress}");
    }

    private static void CheckPositive(System.CommandLine.Parsing.OptionResult result)
    {
        if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var number) && number >= 1))
            result.AddError($"Expected a whole number of 1 or more for {result.Option.Name}, got '{token.Value}'. Give one.");
    }
}
