using System.Globalization;
using Sonde.FaultBenchmark.Scoring;
using YamlDotNet.RepresentationModel;

namespace Sonde.FaultBenchmark.Real;

/// <summary>A fault as a case's file names it.</summary>
/// <param name="Label">A word of the vocabulary.</param>
/// <param name="Layer"><c>output</c>, <c>all</c>, or the number of a hidden layer; empty if none is at fault.</param>
/// <param name="Grade">A, B or C: how well it is established.</param>
/// <param name="Sources">Who says so.</param>
internal sealed record NamedFault(string Label, string Layer, string Grade, IReadOnlyList<string> Sources)
{
    /// <summary>True if somebody else published it: neither our run nor our arithmetic.</summary>
    public bool IsPublished => Sources.Any(source => source is not ("run" or "arithmetic"));
}

/// <summary>What a case's file says is true of it.</summary>
internal static class CaseTruth
{
    /// <summary>Returns the faults, the best supported first.</summary>
    public static IReadOnlyList<NamedFault> FaultsOf(FaultCase fault) => fault.Find("faults") is YamlSequenceNode list
        ? [.. list.Children.Cast<YamlMappingNode>().Select(map =>
            new NamedFault(Word(map, "label"), Word(map, "layer"), Word(map, "grade"), Words(map, "sources")))]
        : [];

    /// <summary>Returns what is true of the case, of some of its faults.</summary>
    /// <param name="fault">The case.</param>
    /// <param name="counts">True for a fault that counts; the others are neither right nor wrong.</param>
    public static Truth Of(FaultCase fault, Func<NamedFault, bool> counts)
    {
        var all = FaultsOf(fault);
        var right = all.Where(counts).ToList();
        var depth = fault.Layers.Count - 1;
        // A case whose fault does not show in the score counts as found if it is called healthy, too.
        IEnumerable<string> healthy = fault.Text("severity") == "none" ? ["healthy"] : [];
        return new([.. right.Select(one => one.Label), .. healthy], [.. Words(fault.Find("also")), .. all.Select(one => one.Label)],
            (label, layers) => right.Find(one => one.Label == label && one.Layer.Length > 0) is { } found ? Names(found.Layer, depth, layers) : null);
    }

    /// <summary>Returns what is true of the healthy twin: nothing but what its file says is still true.</summary>
    public static Truth OfTwin(FaultCase fault) => new([], Words(fault.Find("fixed", "remaining")), (_, _) => null);

    /// <summary>Returns what is true of a healthy case.</summary>
    public static Truth OfHealthy(FaultCase fault) =>
        new([], [.. Words(fault.Find("also")), .. FaultsOf(fault).Select(one => one.Label)], (_, _) => null);

    private static bool Names(string layer, int depth, IReadOnlyList<int> said) => layer switch
    {
        "output" => said.Contains(depth + 1),
        "all" => Enumerable.Range(1, depth).All(said.Contains),
        _ => said.Contains(int.Parse(layer, CultureInfo.InvariantCulture)),
    };

    private static string Word(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node) && node is YamlScalarNode { Value: { } text } ? text : "";

    private static IReadOnlyList<string> Words(YamlMappingNode map, string key) =>
        Words(map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null);

    private static IReadOnlyList<string> Words(YamlNode? node) =>
        node is YamlSequenceNode list ? [.. list.Children.OfType<YamlScalarNode>().Select(word => word.Value!)] : [];
}
