using System.Globalization;
using Sonde.Studies;
using YamlDotNet.RepresentationModel;

namespace Sonde.FaultBenchmark;

/// <summary>Writes a case as a study: its arrays as the program scales and codes them, and its network, cost and optimizer in Sonde's words.</summary>
/// <param name="fault">The case.</param>
/// <param name="name">Its name, also that of its folder.</param>
/// <param name="into">The folder above.</param>
/// <param name="sets">The published images that some cases are on.</param>
internal sealed class CaseStudy(FaultCase fault, string name, string into, PublishedSets sets)
{
    /// <summary>The cases' scores are of at most this many training examples, so these are the test part too.</summary>
    public const int MostTested = 2000;

    private readonly string folder = Path.Combine(into, name);

    /// <summary>The training inputs as the program scales them; empty before <see cref="Write"/>.</summary>
    public CaseArray Inputs { get; private set; } = new(1, []);

    /// <summary>The training targets as the program scales them, before they become one-hot or are repeated; empty before <see cref="Write"/>.</summary>
    public CaseArray Targets { get; private set; } = new(1, []);

    /// <summary>Writes the arrays and the study, and reads the study back.</summary>
    /// <returns>What differs from the case, in words.</returns>
    /// <exception cref="IOException">An array is missing.</exception>
    public IReadOnlyList<string> Write()
    {
        Directory.CreateDirectory(folder);
        var (inputs, targets) = ReadTraining();
        (Inputs, Targets) = (inputs, targets);
        var units = fault.Layers[^1];
        var outputs = int.Parse(Word(units, "units", "1"), CultureInfo.InvariantCulture);
        // A class is one of several columns, of which one is 1; everything else is numbers.
        var isClass = fault.Text("targets.coding") is "one-hot" or "index";
        var task = isClass ? "classes" : fault.Text("score") == "r2" ? "values" : "labels";
        var batch = Math.Min(fault.Number("batch"), inputs.Rows);
        // Twice, if all are tested: Sonde refuses a test part that is a copy of the training part.
        var tested = inputs.Rows > MostTested ? Enumerable.Range(0, Math.Max(batch, MostTested))
            : Enumerable.Range(0, 2 * inputs.Rows).Select(row => row % inputs.Rows);
        foreach (var (part, rows) in (ReadOnlySpan<(string, List<int>)>)[
            ("train", [.. Enumerable.Range(0, inputs.Rows)]), ("validation", [.. tested.Take(Math.Max(1, inputs.Rows / 2))]), ("test", [.. tested])])
        {
            inputs.Select(rows).Write(Path.Combine(folder, $"{part}-inputs.npy"));
            targets.Select(rows).Write(Path.Combine(folder, $"{part}-{(isClass ? "labels" : "targets")}.npy"), isClass);
        }
        if (isClass)
            File.WriteAllLines(Path.Combine(folder, "classes.txt"),
                Enumerable.Range(0, Math.Max(2, fault.Number("targets.columns", outputs))).Select(k => $"class {k}"));
        var order = fault.Text("shuffle", "true") == "true" ? "shuffled" : "as-is";
        var study = $"""
            # {fault.Text("complaint")}
            study: {name}
            data: {Braces($"name: arrays, path: '{folder}', scale: none, task: {task}, order: {order}")}
            network:
              hidden: "{Hidden()}"
              output: {Word(units, "activation", "linear")}
              outputs: {outputs}
              outputInit: {Initializer(units)}
              cost: {Cost()}
            training: {Braces($"{Optimizer()}, batch: {batch}, lastBatch: short, updates: {fault.Number("updates")}")}
            probe: {Braces($"examples: {Math.Max(batch, Math.Min(300, 2 * inputs.Rows))}")}
            evaluate: {Braces($"examples: {Math.Max(1, tested.Count())}")}
            seeds: [1, 2, 3]

            """;
        File.WriteAllText(Path.Combine(folder, "study.yaml"), study);
        StudyFile.Read(Path.Combine(folder, "study.yaml"));
        return [.. Differences(isClass, outputs)];
    }

    private IEnumerable<string> Differences(bool isClass, int outputs)
    {
        if (fault.Layers.Any(layer => Word(layer, "biasInit", "zeros") != "zeros"))
            yield return "biases start at 0";
        if (!isClass && outputs > 1 && fault.Text("score") == "accuracy")
            yield return "the score counts outputs on the wrong side";
        if (fault.Text("cost").StartsWith("sparse", StringComparison.Ordinal) && Word(fault.Layers[^1], "activation", "linear") != "softmax")
            yield return "outputs are divided by their sum before they are clipped, not after";
    }

    private (CaseArray Inputs, CaseArray Targets) ReadTraining()
    {
        var (inputs, targets) = fault.Text("data.set") is { Length: > 0 } set ? sets.Read(set, fault.Numbers("data", "classes"), fault.Number("data.train"))
            : (CaseArray.Read(fault.ArrayPath("inputs.npy")), CaseArray.Read(fault.ArrayPath("targets.npy")));
        (inputs, targets) = (inputs.Scaled(fault.Text("scaling.inputs", "none"), inputs), targets.Scaled(fault.Text("scaling.targets", "none"), targets));
        if (fault.Text("trainingInputs") == "targets")
            inputs = targets;
        return (inputs, fault.Text("targets.coding") == "unit-range" ? targets.Map((value, _) => (value + 1) / 2) : targets);
    }

    private string Hidden() => fault.Layers.Count == 1 ? "none" : string.Join(", ", fault.Layers.SkipLast(1).Select(layer =>
        $"{Word(layer, "units", "1")} {Word(layer, "activation", "linear")} {Initializer(layer)}"
        + (Word(layer, "dropout", "0") is not "0" and var share ? $" dropout({share})" : "") + (Word(layer, "frozen", "") == "true" ? " frozen" : "")));

    private string Cost() => fault.Text("cost") switch
    {
        "binary-crossentropy" => "bce",
        "binary-crossentropy-logits" => "bce-logits",
        "categorical-crossentropy" or "sparse-categorical-crossentropy" => "cross-entropy",
        "categorical-crossentropy-logits" or "sparse-categorical-crossentropy-logits" => "cross-entropy-logits",
        var cost => cost,
    };

    private string Optimizer()
    {
        var rate = $"learningRate: {fault.Text("optimizer.learningRate")}, decay: {fault.Text("optimizer.decay", "0")}";
        return fault.Text("optimizer.name") switch
        {
            "adam" => $"optimizer: adam, {rate}, epsilon: 1e-7, epsilonForm: keras",
            "rmsprop" => $"optimizer: rmsprop, {rate}, memory: 0.9, epsilon: 1e-7",
            "sgd" when fault.Text("optimizer.momentum", "0") is not "0" and var momentum =>
                $"optimizer: {(fault.Text("optimizer.nesterov") == "true" ? "nesterov" : "momentum")}, momentum: {momentum}, {rate}",
            _ => $"optimizer: sgd, {rate}",
        };
    }

    private static string Initializer(YamlMappingNode layer) => Word(layer, "init", "glorot-uniform") switch
    {
        "glorot-uniform" => "normalized",
        "he-normal" => "he",
        "zeros" => "constant(0)",
        var init when init.StartsWith("normal(", StringComparison.Ordinal) => $"gaussian{init[6..]}",
        var init => init,
    };

    private static string Word(YamlMappingNode layer, string key, string fallback) =>
        layer.Children.TryGetValue(new YamlScalarNode(key), out var node) && node is YamlScalarNode { Value: { } text } ? text : fallback;

    private static string Braces(string text) => $"{{{text}}}";
}
