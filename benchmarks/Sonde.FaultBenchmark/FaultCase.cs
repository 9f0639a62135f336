using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Sonde.FaultBenchmark;

/// <summary>A case as its YAML file describes it.</summary>
/// <param name="root">The file's content.</param>
/// <param name="folder">The folder of the file, where its arrays are.</param>
internal sealed class FaultCase(YamlMappingNode root, string folder)
{
    /// <summary>The name, such as <c>so-34311586</c>.</summary>
    public string Id => Text("id");

    /// <summary>The layers, the output layer last.</summary>
    public IReadOnlyList<YamlMappingNode> Layers =>
        [.. ((YamlSequenceNode)root.Children[Key("layers")]).Children.Cast<YamlMappingNode>(), (YamlMappingNode)root.Children[Key("output")]];

    /// <summary>Reads the cases of a folder, in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="names">Those that are wanted; none for all.</param>
    public static IEnumerable<FaultCase> ReadAll(DirectoryInfo folder, IReadOnlyCollection<string> names) =>
        folder.GetFiles("so-*.yaml").Where(file => names.Count == 0 || names.Contains(Path.GetFileNameWithoutExtension(file.Name)))
            .OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => Read(file.FullName));

    /// <summary>Reads a file.</summary>
    public static FaultCase Read(string path)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(path);
        yaml.Load(reader);
        return new((YamlMappingNode)yaml.Documents[0].RootNode, Path.GetDirectoryName(path)!);
    }

    /// <summary>Returns a scalar by its path, such as <c>optimizer.name</c>; the fallback if there is none.</summary>
    public string Text(string path, string fallback = "")
    {
        YamlNode node = root;
        foreach (var part in path.Split('.'))
            if (node is YamlMappingNode map && map.Children.TryGetValue(Key(part), out var child))
                node = child;
            else
                return fallback;
        return node is YamlScalarNode { Value: { } text } ? text : fallback;
    }

    /// <summary>Returns a whole number by its path; the fallback if there is none.</summary>
    public int Number(string path, int fallback = 0) =>
        double.TryParse(Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (int)number : fallback;

    /// <summary>Returns whole numbers in a list, such as the classes of the data; empty if there is none.</summary>
    public IReadOnlyList<int> Numbers(string section, string name) =>
        root.Children.TryGetValue(Key(section), out var node) && node is YamlMappingNode map && map.Children.TryGetValue(Key(name), out var list)
            && list is YamlSequenceNode numbers
            ? [.. numbers.Children.Select(number => int.Parse(((YamlScalarNode)number).Value!, CultureInfo.InvariantCulture))] : [];

    /// <summary>Returns a node by its path; null if there is none.</summary>
    public YamlNode? Find(params IReadOnlyList<string> path) => path.Aggregate((YamlNode?)root,
        (node, part) => node is YamlMappingNode map && map.Children.TryGetValue(Key(part), out var child) ? child : null);

    /// <summary>The path of one of its arrays.</summary>
    public string ArrayPath(string name) => Path.Combine(folder, Text("data.folder"), name);

    /// <summary>The healthy twin: this case with the changes of <c>fixed</c>; null if it has none.</summary>
    public FaultCase? FindTwin() => root.Children.TryGetValue(Key("fixed"), out var node) && node is YamlMappingNode twin ? With(twin) : null;

    /// <summary>This case without dropout.</summary>
    public FaultCase WithoutDropout()
    {
        var copy = new FaultCase((YamlMappingNode)Copy(root), folder);
        foreach (var layer in copy.Layers)
            layer.Children.Remove(Key("dropout"));
        return copy;
    }

    /// <summary>This case with each of the cures, and the scores that were measured with it.</summary>
    public IReadOnlyList<(FaultCase Cured, IReadOnlyList<double> Scores)> Cures() =>
        root.Children.TryGetValue(Key("fixes"), out var node) && node is YamlSequenceNode fixes
            ? [.. fixes.Children.Cast<YamlMappingNode>().Select(fix => (With(fix)!, ScoresIn(fix)))] : [];

    /// <summary>The scores that were measured of the program itself, one for each seed.</summary>
    public IReadOnlyList<double> Scores => ScoresIn((YamlMappingNode)((YamlMappingNode)root.Children[Key("measured")]).Children[Key("fault")]);

    private static IReadOnlyList<double> ScoresIn(YamlMappingNode measured) =>
        [.. ((YamlSequenceNode)measured.Children[Key("score")]).Children.Select(score => double.Parse(((YamlScalarNode)score).Value!,
            CultureInfo.InvariantCulture))];

    private FaultCase? With(YamlMappingNode changed)
    {
        if (!changed.Children.TryGetValue(Key("changes"), out var changes) || changes is not YamlMappingNode map)
            return null;
        var copy = (YamlMappingNode)Copy(root);
        foreach (var (path, value) in map.Children)
            Set(copy, ((YamlScalarNode)path).Value!.Split('.'), value);
        // Epochs are what a change says; updates follow.
        var cured = new FaultCase(copy, folder);
        if (map.Children.Keys.Any(key => ((YamlScalarNode)key).Value is "epochs" or "batch"))
        {
            var count = cured.Number("examples.train", 1);
            var batch = Math.Min(cured.Number("batch"), count);
            copy.Children[Key("updates")] = new YamlScalarNode($"{cured.Number("epochs") * ((count + batch - 1) / batch)}");
        }
        return cured;
    }

    /// <summary>What Sonde cannot state; null if it can state all.</summary>
    public string? FindObstacle() => Layers.Any(layer => layer.Children.ContainsKey(Key("batchNorm"))) ? "batch normalization" : null;

    private static YamlScalarNode Key(string name) => new(name);

    private static void Set(YamlNode node, string[] path, YamlNode value)
    {
        foreach (var child in Children(node, path[0]).ToList())
            if (path.Length > 1)
                Set(child.Value ?? throw new InvalidDataException($"no {path[0]} to change"), path[1..], value);
            else if (node is YamlMappingNode map && value is YamlScalarNode { Value: "null" or "" or null })
                map.Children.Remove(Key(child.Name));
            else if (node is YamlMappingNode there)
                there.Children[Key(child.Name)] = Copy(value);
    }

    // A part of a path means a key of a map, the number of a layer from 1, or all of them.
    private static IEnumerable<(string Name, YamlNode? Value)> Children(YamlNode node, string part) => node switch
    {
        YamlMappingNode map => [(part, map.Children.TryGetValue(Key(part), out var value) ? value : Added(map, part))],
        YamlSequenceNode list when part == "*" => list.Children.Select(child => ("", (YamlNode?)child)),
        YamlSequenceNode list => [("", list.Children[int.Parse(part, CultureInfo.InvariantCulture) - 1])],
        _ => [],
    };

    private static YamlMappingNode Added(YamlMappingNode map, string part)
    {
        var added = new YamlMappingNode();
        map.Children[Key(part)] = added;
        return added;
    }

    private static YamlNode Copy(YamlNode node) => node switch
    {
        YamlMappingNode map => new YamlMappingNode(map.Children.Select(pair => KeyValuePair.Create(Copy(pair.Key), Copy(pair.Value)))),
        YamlSequenceNode list => new YamlSequenceNode(list.Children.Select(Copy)),
        YamlScalarNode scalar => new YamlScalarNode(scalar.Value) { Style = scalar.Style },
        _ => node,
    };
}
