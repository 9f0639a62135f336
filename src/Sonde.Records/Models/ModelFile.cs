using Sonde.Networks;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Training;

namespace Sonde.Records.Models;

/// <summary>Writes and reads a trained network as one safetensors file: its parameters as in a checkpoint, and the names of its activation, initializer and
/// cost under <c>__metadata__</c>.</summary>
public static class ModelFile
{
    private const string Activation = "sonde.activation", Initializer = "sonde.initializer", Cost = "sonde.cost";
    private const string Hidden = "sonde.hidden", FirstInitializer = "sonde.firstInitializer";
    private const string OutputInitializer = "sonde.outputInitializer", BiasInitializer = "sonde.biasInitializer";

    /// <summary>Writes a network; the file appears whole or not at all, and replaces one of this name.</summary>
    /// <param name="path">The file, such as <c>model.safetensors</c>.</param>
    /// <param name="trained">The network with its parameters.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, TrainedNetwork trained)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(trained);
        var network = trained.Network;
        var names = new SortedDictionary<string, string>
        {
            [Activation] = network.Activation.Name, [Initializer] = network.Initializer.ToString()!, [Cost] = network.Cost.Name,
        };
        if (network.HiddenLayers.Count > 0)
            names[Hidden] = network.HiddenText;
        foreach (var (key, rule) in (ReadOnlySpan<(string, Initializer?)>)[
            (FirstInitializer, network.FirstInitializer), (OutputInitializer, network.OutputInitializer), (BiasInitializer, network.BiasInitializer)])
            if (rule is not null)
                names[key] = rule.Name;
        DurableFile.Write(path, Safetensors.ToBytes(ParameterTensors.FromParameters(trained.Parameters), names));
    }

    /// <summary>Reads a network that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="activation">The activation, if it is one of your own; null to take the listed one that the file names.</param>
    /// <param name="cost">The cost, if it is one of your own; null to take the listed one that the file names.</param>
    /// <param name="threads">Threads to answer with, 1 or more.</param>
    /// <exception cref="RecordException">The file is damaged, or no model that Sonde wrote.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TrainedNetwork Load(string path, Activation? activation = null, Cost? cost = null, int threads = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = File.ReadAllBytes(path);
        var (tensors, names) = (Safetensors.FromBytes(content, path), Safetensors.ReadMetadata(content, path));
        TItem Get<TItem>(string key, string parameter, Func<string, TItem?> find) where TItem : class => !names.TryGetValue(key, out var name)
            ? throw new RecordException($"{path} has no {key} in its metadata, so Sonde did not write it as a model. Save it with {nameof(ModelFile)}, or pass "
                + "the parameters to TrainedNetwork yourself.")
            : find(name) ?? throw new RecordException($"{path} was saved with the {parameter} '{name}', which Sonde does not list. Pass it to Load.");
        Initializer? Find(string key) => names.ContainsKey(key) ? Get(key, "initializer", InitializerList.Find) : null;
        var widths = Enumerable.Range(1, tensors.Count / 2).Select(layer => tensors.FirstOrDefault(tensor => tensor.Name == $"layer{layer}.weights")?.Shape)
            .ToList();
        if (widths.Count == 0 || widths.Exists(shape => shape is not [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue]))
            throw new RecordException($"{path}: expected weights of layers 1, 2, ... with two sizes each, found "
                + $"{string.Join(", ", tensors.Select(t => t.Name))}. The file is no model of Sonde; pass one that ModelFile.Save wrote.");
        var network = new Network(
            (int)widths[0]![0], [.. widths.SkipLast(1).Select(shape => (int)shape![1])], (int)widths[^1]![1],
            activation ?? Get(Activation, "activation", ActivationList.Find), Get(Initializer, "initializer", InitializerList.Find),
            cost ?? Get(Cost, "cost", CostList.Find))
        {
            HiddenLayers = names.ContainsKey(Hidden) ? Get(Hidden, "hidden layers", text => HiddenLayer.Find(text, int.MaxValue)) : [],
            FirstInitializer = Find(FirstInitializer), OutputInitializer = Find(OutputInitializer), BiasInitializer = Find(BiasInitializer),
        };
        return new(network, ParameterTensors.Read(tensors, network, path), threads);
    }
}
