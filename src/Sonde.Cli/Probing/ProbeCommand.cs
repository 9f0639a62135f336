using System.CommandLine;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Figures;
using Sonde.Interop.Weights;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Cli.Probing;

/// <summary><c>sonde probe</c>: every layer of a network before its first update.</summary>
internal static class ProbeCommand
{
    // Options that are study fields under a shorter name: the study's grammar checks them and words their errors.
    private static readonly (SettingField Field, string? Usual, Option<string?> Option)[] Fields =
    [
        (SettingField.Data, "shapeset", Named("--data", "NAME", $"The dataset: {string.Join(", ", DatasetList.Names)}, or one you built (default: shapeset).")),
        (SettingField.Hidden, "1000x5", Named("--hidden", "WIDTHS", "Units of each hidden layer from the input, such as 500,300 (default: 1000x5).")),
        (SettingField.Activation, "tanh", Named("--activation", "NAME", $"{string.Join(", ", ActivationList.All)} (default: tanh).")),
        (SettingField.Initializer, "normalized", Named("--init", "NAME", $"{string.Join(", ", InitializerList.Names)} (default: normalized).")),
        (SettingField.FirstInitializer, null, Named("--first-init", "NAME", "How the weights of the first layer start (default: as --init says).")),
        (SettingField.OutputInitializer, null, Named("--output-init", "NAME", "How the weights of the output layer start (default: as --init says).")),
        (SettingField.BiasInitializer, null, Named(
            "--bias-init", "NAME", $"How biases start: {string.Join(", ", InitializerList.NamesForBiases)} (default: at 0).")),
        (SettingField.Output, null, Named("--output", "NAME", "What the output layer makes of its s: softmax, or an activation (default: softmax).")),
        (SettingField.Cost, "nll", Named("--cost", "NAME", $"{string.Join(", ", CostList.All)} (default: nll).")),
        (SettingField.ProbeExamples, "300", Named("--examples", "N", "Examples that the probes see (default: 300).")),
    ];

    private static readonly Argument<string?> Study =
        CommonOptions.Path<string?>("STUDY", "Probe the networks of this study: a built-in one or a study file.", ArgumentArity.ZeroOrOne);

    private static readonly Option<string?> Weights = CommonOptions.Folder("--weights", "Measure the weights in this file instead: the state_dict of a PyTorch "
        + "network of Linear layers (.safetensors), or an ONNX graph of dense layers (.onnx).", "FILE");

    private static readonly Option<string?> WeightLayers = Named("--layers", "NAMES", "With --weights: the layers to take of a safetensors file, in order.");

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Change any other field of a study, such as data.path. Repeat the option for more fields.", HelpName = "PATH=VALUE",
    };

    private static readonly Option<string?> Jacobian = new("--jacobian")
    {
        Description = $"Also measure the singular values of each hidden layer's Jacobian, at N examples ({ProbePlan.DefaultJacobianExamples} if N is left "
            + $"out). It takes a tenth "
            + "of a second per layer of 1,000 units, example and seed.",
        HelpName = "[N]", Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Figure = CommonOptions.Folder("--figure", "Also draw the network in the phase diagram of its activation: the "
        + "sd of its weights and biases beside those that keep signals. Writes FILE.png and FILE.svg.", "FILE");

    private static readonly Option<int> Seeds = CommonOptions.Count("--seeds", "Average over this many seeds", 5);
    private static readonly Option<int> Threads = CommonOptions.Count("--threads", "Threads; results do not depend on it (default: all cores).",
        Environment.ProcessorCount);
    private static readonly Option<string?> DataDirectory = CommonOptions.DataDirectory();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var verb = new Verb("probe", "Measures every layer of a network before its first update, beside what theory predicts: activations, back-propagated "
            + "gradients and weight gradients. A list in brackets gives a table with a row for each network.",
            "sonde probe --init standard          # gradients shrink on their way down",
            "sonde probe --init normalized        # gradients keep their size",
            "sonde probe --init '[standard, normalized]' --hidden '[1000x3, 1000x5]'",
            "sonde probe mine.yaml                # the networks of a study",
            "sonde probe --data arrays --set data.path=points.csv --hidden 50x3",
            "sonde probe --jacobian --seeds 1     # also each layer's Jacobian",
            "sonde probe --hidden 300x30 --figure phases   # where the network is between forgetting and chaos",
            "sonde probe --weights model.safetensors --activation relu --data mnist",
            "sonde probe --weights model.onnx --data arrays --set data.path=points.csv")
        {
            Study,
        };
        foreach (var option in (Option[])
            [.. Fields.Select(field => field.Option), Weights, WeightLayers, Set, Jacobian, Figure, Seeds, Threads, DataDirectory, Json])
            verb.Add(option);
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var folder = DataFolder.OfUser(parsed.GetValue(DataDirectory));
        var study = ReadStudy(parsed);
        var (seeds, threads, asJson) = (parsed.GetValue(Seeds), parsed.GetValue(Threads), parsed.GetValue(Json));
        var networks = ProbedNetwork.Of(study, setting => DatasetList.Open(setting, folder));
        if (parsed.GetValue(Weights) is { } weights)
            networks = [OfWeights(parsed, weights, networks)];
        else if (networks.Any(network => network.Setting.Weights is not null))
            networks = [.. networks.Select(OfItsWeights)];
        else if (parsed.GetResult(WeightLayers) is not null)
            throw new StudyException("--layers: names layers of a file of weights. Give the file with --weights, or leave --layers out.");
        foreach (var mismatch in networks.Select(network => network.Network.Mismatch).OfType<string>().Distinct())
            Terminal.ErrorOutput.WriteLine(mismatch);
        if (parsed.GetValue(Figure) is { } stem)
            Draw(stem, networks, networks.Any(network => network.WeightsFile is not null));
        // Printed before the work, which takes seconds: the user sees at once what is measured.
        if (!asJson)
            Terminal.WriteLine(networks is [var only] ? only.Heading(seeds)
                : $"{networks.Count} networks of {study.Name}, mean of {QuantityText.Count(seeds, "seed")}");
        var results = networks.Select((network, k) =>
            new ProbeResult(network, network.Measure(seeds, threads, text => ShowProgress(networks.Count == 1 ? text
                : $"{k + 1} of {networks.Count}: {text}"))))
            .ToList();
        ShowProgress("");
        if (asJson)
            Terminal.WriteJson(results is [var one] ? ProbeJson.Of(one) : ProbeJson.Of(results));
        else if (results is [var one])
            ProbeTables.Write(one);
        else
            ProbeComparison.Write(results);
        return ExitCode.Done;
    }

    private static void Draw(string stem, IReadOnlyList<ProbedNetwork> networks, bool areGiven)
    {
        if (networks is not [{ Network: { Depth: > 0 } network }] || areGiven)
            throw new StudyException("--figure: expected one network with hidden layers whose weights are drawn by a rule. Choose one with --set, or leave "
                + "--figure out.");
        if (Path.GetDirectoryName(Path.GetFullPath(stem)) is { } folder)
            Directory.CreateDirectory(folder);
        foreach (var path in PhaseFigure.Of(network).Save(stem))
            Terminal.ErrorOutput.WriteLine($"figure   {path}");
    }

    private static ProbedNetwork OfWeights(ParseResult parsed, string path, IReadOnlyList<ProbedNetwork> networks)
    {
        foreach (var (field, _, option) in Fields)
            if (parsed.GetResult(option) is not null && (field == SettingField.Hidden || SettingField.Initializers.Contains(field)))
                throw new StudyException($"{option.Name}: the weights in {path} say it. Leave {option.Name} out.");
        if (networks is not [var only])
            throw new StudyException($"--weights: expected a study of one network, which says what {path} does not, got {networks.Count} networks. "
                + "Choose one with --set.");
        var layers = parsed.GetValue(WeightLayers)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var activation = Fields.First(field => field.Field == SettingField.Activation).Option;
        var saysActivation = parsed.GetValue(Study) is not null || parsed.GetValue(activation) is not null;
        return ProbedWeights.On(Read(path, layers), only, saysActivation);
    }

    private static DenseNetwork Read(string path, IReadOnlyList<string> layers)
    {
        var network = DenseNetwork.Read(path, layers);
        if (network.LeftOut is { } sentence)
            Terminal.Notice(sentence);
        return network;
    }

    // A study that starts from a file of weights: its layers must fit, as in a run.
    private static ProbedNetwork OfItsWeights(ProbedNetwork stated)
    {
        if (stated.Setting.Weights is not { } path)
            return stated;
        var weights = Read(path, []);
        weights.For(stated.Network);
        return ProbedWeights.On(weights, stated, saysActivation: true);
    }

    private static Study ReadStudy(ParseResult parsed)
    {
        var name = parsed.GetValue(Study);
        List<(string Change, string Typed)> given = [];
        foreach (var (field, usual, option) in Fields)
            if ((parsed.GetValue(option) ?? (name is null ? usual : null)) is { } value)
                given.Add((field.To(value), $"{option.Name} {value}"));
        if (parsed.GetResult(Jacobian) is not null && (parsed.GetValue(Jacobian) ?? $"{ProbePlan.DefaultJacobianExamples}") is var examples)
            given.Add((SettingField.ProbeJacobian.To(examples), $"{Jacobian.Name} {examples}"));
        string[] changes = [.. given.Select(option => option.Change), .. parsed.GetValue(Set) ?? []];
        try
        {
            return name is null ? StudyFile.Parse("study: probe", "the command line", changes) : StudyList.Open(name, changes);
        }
        catch (StudyException mistake)
        {
            // The reader of studies knows the options of this verb as changes of a study.
            throw new StudyException(given.Aggregate(mistake.Message, (text, option) =>
                text.Replace($"{Set.Name} {option.Change}: ", $"{option.Typed}: ", StringComparison.Ordinal)), mistake);
        }
    }

    private static Option<string?> Named(string name, string value, string description) => new(name) { Description = description, HelpName = value };

    /// <summary>Replaces the line of progress.</summary>
    private static void ShowProgress(string progress)
    {
        if (Terminal.IsLive(onError: true))
            Terminal.ErrorOutput.Write($"\r{progress,-40}\r{progress}");
    }
}
