using System.Globalization;

namespace Sonde.FaultBenchmark.Seeded;

/// <summary>A hidden layer.</summary>
/// <param name="Units">Its units.</param>
/// <param name="Activation">Its non-linearity; null for the network's.</param>
/// <param name="Init">How its weights start; null for the network's rule.</param>
/// <param name="Dropout">The share of activations that an update leaves out.</param>
internal sealed record LayerRecipe(int Units, string? Activation = null, string? Init = null, double Dropout = 0);

/// <summary>A whole training, data and network: what a fault changes and a study states.</summary>
/// <param name="Data">Where examples come from.</param>
/// <param name="Layers">Hidden layers, from the input.</param>
/// <param name="Activation">The non-linearity of hidden layers that say none.</param>
/// <param name="Init">How the weights of layers start that say nothing.</param>
internal sealed record Recipe(DataRecipe Data, IReadOnlyList<LayerRecipe> Layers, string Activation, string Init)
{
    // Probes observe this many examples by default, and one mini-batch at least.
    private const int Probed = 300;

    /// <summary>The rule of the output layer's weights; null for the network's.</summary>
    public string? OutputInit { get; init; }

    /// <summary>How biases start; null for 0.</summary>
    public string? BiasInit { get; init; }

    /// <summary>What the output layer makes of its pre-activations.</summary>
    public string Output { get; init; } = "softmax";

    /// <summary>Units of the output layer; null for one per class or target.</summary>
    public int? Outputs { get; init; }

    /// <summary>The cost.</summary>
    public string Cost { get; init; } = "nll";

    /// <summary>The optimizer.</summary>
    public string Optimizer { get; init; } = "sgd";

    /// <summary>The learning rate.</summary>
    public double Rate { get; init; } = 0.05;

    /// <summary>Settings of the optimizer beside its rate, as a study writes them, such as <c>momentum: 0.9</c>.</summary>
    public IReadOnlyDictionary<string, string> Training { get; init; } = new Dictionary<string, string>();

    /// <summary>Examples per update.</summary>
    public int Batch { get; init; } = 20;

    /// <summary>Updates.</summary>
    public int Updates { get; init; } = 2000;

    /// <summary>True if the two classes are one answer of yes or no, on one output unit.</summary>
    public bool AsksYesNo { get; init; }

    /// <summary>What a fault does to the data.</summary>
    public Func<SeededData, SeededData>? DataChange { get; init; }

    /// <summary>A network of equal layers.</summary>
    public static Recipe Of(DataRecipe data, int units, int depth, string activation, string init) =>
        new(data, [.. Enumerable.Repeat(new LayerRecipe(units), depth)], activation, init);

    /// <summary>True if targets are numbers.</summary>
    public bool IsRegression { get; init; }

    /// <summary>True if hidden units have two flat sides.</summary>
    public bool HasSquashingUnits => Activation is "tanh" or "sigmoid" or "softsign";

    /// <summary>Returns this recipe with each hidden layer changed by a function of it and its number from 1.</summary>
    public Recipe MapLayers(Func<LayerRecipe, int, LayerRecipe> change) => this with { Layers = [.. Layers.Select((layer, k) => change(layer, k + 1))] };

    /// <summary>Returns this recipe with one more change of its data, after those it has.</summary>
    public Recipe WithData(Func<SeededData, SeededData> change) => this with { DataChange = DataChange is { } before ? data => change(before(data)) : change };

    /// <summary>Returns this recipe with a setting of the optimizer.</summary>
    public Recipe WithTraining(string name, double value) =>
        this with { Training = new Dictionary<string, string>(Training) { [name] = Text(value) } };

    /// <summary>Makes the data as the trial sees them; null if Sonde draws them itself.</summary>
    public SeededData? FindData()
    {
        if (Data.Stated is not null)
            return null;
        var data = Data.Data with { AreLabels = AsksYesNo };
        return DataChange is { } change ? change(data) : data;
    }

    /// <summary>Writes the study.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folder">The folder of its arrays.</param>
    /// <param name="seeds">The seeds of its trials.</param>
    /// <param name="data">What <see cref="FindData"/> returned.</param>
    public string Study(string name, string folder, IEnumerable<int> seeds, SeededData? data)
    {
        var task = IsRegression ? "values" : AsksYesNo ? "labels" : "classes";
        string[] training = [$"optimizer: {Optimizer}", $"learningRate: {Text(Rate)}", .. Training.Select(pair => $"{pair.Key}: {pair.Value}"),
            $"batch: {(data is null ? Batch : Math.Min(Batch, data.Train.Count))}", $"updates: {Updates}"];
        string[] network = [$"  hidden: \"{Hidden()}\"", $"  activation: {Activation}", $"  init: {Init}",
            .. OutputInit is { } o ? [$"  outputInit: {o}"] : Array.Empty<string>(), .. BiasInit is { } b ? [$"  biasInit: {b}"] : Array.Empty<string>(),
            $"  output: {Output}", .. Outputs is { } count ? [$"  outputs: {count}"] : Array.Empty<string>(), $"  cost: {Cost}"];
        return $$"""
            study: {{name}}
            data: {{Data.Stated ?? $"{{name: arrays, path: '{folder}', scale: none, task: {task}}}"}}
            network:
            {{string.Join('\n', network)}}
            training: {{{string.Join(", ", training)}}}
            evaluate: {examples: 1000}{{(Batch > Probed ? $"\nprobe: {{examples: {Batch}}}" : "")}}
            seeds: [{{string.Join(", ", seeds)}}]

            """;
    }

    /// <summary>Writes a number as studies do.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private string Hidden() => Layers.Count == 0 ? "none" : string.Join(", ", Layers.Select(layer => string.Join(' ',
        [$"{layer.Units}", .. new[] { layer.Activation, layer.Init, layer.Dropout > 0 ? $"dropout({Text(layer.Dropout)})" : null }.OfType<string>()])));
}
