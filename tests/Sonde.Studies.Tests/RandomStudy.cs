using System.Text.Json.Nodes;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;

namespace Sonde.Studies.Tests;

/// <summary>A valid study made by chance: grids of any field, zips, exclusions and variants. The same number gives the same study.</summary>
internal sealed class RandomStudy
{
    /// <summary>Some values of every field, as a study may write them.</summary>
    public static readonly IReadOnlyDictionary<string, JsonNode[]> Samples = new Dictionary<string, JsonNode[]>
    {
        ["data.name"] = ["shapeset", "mnist", "cifar10"],
        ["data.side"] = [16, 32, 256],
        ["data.seed"] = [1, 0, 18446744073709551615UL],
        ["data.range"] = [new JsonArray(0, 1), new JsonArray(-1, 1)],
        ["data.objects"] = [1, 2, "both"],
        ["data.examples"] = [1, 100000],
        ["data.path"] = ["/a/mnist", "/b/mnist", "weiß \"x\": [y], #z\t\u0001", "12", "a-b"],
        ["data.task"] = ["classes", "labels", "values"],
        ["data.label"] = ["class", 5, "a \"b\", c"],
        ["data.header"] = ["auto", true, false],
        ["data.shape"] = ["28x28", "3x32x32"],
        ["data.scale"] = ["none", "standardize", new JsonArray(0, 1), new JsonArray(-1, 1)],
        ["data.targetScale"] = ["none", "standardize"],
        ["data.order"] = ["shuffled", "as-is"],
        ["data.validation"] = [10, 1],
        ["data.test"] = [10, 1],
        ["network.hidden"] = ["10x2", "5 relu he dropout(0.5), 4x2 tanh", "6 gaussian(0.1)", "6 frozen, 5", "10,20", "none", 7, "20,10",
            "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18",
            "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,19"],
        ["network.activation"] = ["tanh", "sigmoid", "softsign", "leaky-relu"],
        ["network.init"] = ["standard", "normalized", "gaussian(0.01)", "uniform(1e-3)", "constant(1e-05)", "constant(-1)", "constant(1)"],
        ["network.firstInit"] = ["same", "he", "uniform(0.5)"],
        ["network.outputInit"] = ["normalized", "same", "gaussian(0)"],
        ["network.biasInit"] = ["constant(0.1)", "standard", "same"],
        ["network.output"] = ["softmax", "linear", "sigmoid", "hard-tanh"],
        ["network.outputs"] = [1, 12],
        ["network.cost"] = ["nll", "quadratic", "bce", "cross-entropy-logits"],
        ["network.weights"] = ["some/first.safetensors", "second.onnx"],
        ["training.optimizer"] = ["sgd", "momentum", "nesterov", "rmsprop", "adam", "sdlm", "gradient-variance"],
        ["training.learningRate"] = [0.1, 0.001, 1e-10, 1e10, 3],
        ["training.batch"] = [1, 10, 20],
        ["training.updates"] = [0, 1, 1e6, 12345678],
        ["training.epochs"] = [1, 3],
        ["training.lastBatch"] = ["across", "short"],
        ["training.classWeights"] = ["balanced", "equal", new JsonArray(0, 1)],
        ["training.momentum"] = [0.5, 0],
        ["training.beta1"] = [0.5, 0.99],
        ["training.beta2"] = [0.5, 0.99],
        ["training.epsilon"] = [1e-8, 2],
        ["training.damping"] = [0.5, 10],
        ["training.memory"] = [0.5, 0],
        ["training.curvatureEvery"] = [1, 100],
        ["training.epsilonForm"] = ["pytorch", "keras"],
        ["training.decay"] = [1e-6, 0, 2],
        ["training.schedule"] = ["constant", "cosine", "step(100,0.5)", "warm-up(5) cosine"],
        ["training.clip"] = [0, 0.5],
        ["training.weightDecay"] = [1e-4, 0],
        ["pretraining.method"] = ["denoising-autoencoder"],
        ["pretraining.updates"] = [1, 20_000],
        ["pretraining.learningRate"] = [0.1, 1e-4],
        ["pretraining.corruption"] = ["masking", "salt-and-pepper", "gaussian"],
        ["pretraining.noise"] = [0, 0.5],
        ["pretraining.cost"] = ["cross-entropy", "quadratic"],
        ["probe.every"] = [1, 500],
        ["probe.examples"] = [100, 1000],
        ["probe.on"] = ["fixed"],
        ["probe.jacobian"] = [0, 1],
        ["probe.quantities"] = ["economy", "full", "activation weight"],
        ["evaluate.every"] = [1, 7],
        ["evaluate.examples"] = [1, 100],
        ["checkpoint.every"] = [2, 3],
        ["findings.mute"] = ["none", "inputs-unscaled", "SO102 SO401"],
        ["findings.stop"] = ["none", "non-finite-values", "SO103 SO402"],
        ["stop.patience"] = [5, "3 validation-cost", "2 after 1000", "4 validation-cost after 7"],
        ["seeds"] = [1, 2, 18446744073709551615UL, 0],
    };

    private readonly Random random;

    public RandomStudy(int number)
    {
        random = new(number);
        var root = Settings(mostPoints: 60);
        root["study"] = "random";
        if (random.Next(2) == 0)
            root["variants"] = new JsonObject(Pick(["a", "b.c", "Long-name_1", "9"], random.Next(1, 4)).Select(name =>
                KeyValuePair.Create(name, (JsonNode?)Variant())));
        Root = root;
        for (var tries = random.Next(3); tries > 0; tries--)
            Exclude();
    }

    public JsonObject Root { get; }

    /// <summary>The study as a file: JSON is YAML.</summary>
    public string Text => Root.ToJsonString();

    /// <summary>The same study, its keys, variants, zips and rules in another order.</summary>
    public string Shuffled() => Shuffled(Root)!.ToJsonString();

    /// <summary>A smaller study: some values of its grids, or whole variants, left out.</summary>
    public string Smaller()
    {
        var smaller = (JsonObject)Root.DeepClone();
        smaller.Remove("exclude");
        if (smaller["variants"] is JsonObject { Count: > 1 } variants)
            variants.Remove(Pick([.. variants.Select(v => v.Key)], 1)[0]);
        foreach (var settings in Bodies(smaller))
        {
            settings.Remove("exclude");
            foreach (var list in settings
                .SelectMany(s => s.Value is JsonObject section && s.Key != "variants" ? section.Select(f => f.Value) : [s.Value]).OfType<JsonArray>()
                .Where(list => list.Count > 1 && list != settings["zip"] && !IsPair(list)))
                list.RemoveAt(random.Next(list.Count));
            foreach (var group in (settings["zip"] as JsonArray ?? []).Select(group => (JsonObject)group!))
            {
                if (group.First().Value is not JsonArray { Count: > 1 } first)
                    continue;
                var dropped = random.Next(first.Count);
                foreach (var list in group.Select(f => (JsonArray)f.Value!))
                    list.RemoveAt(dropped);
            }
        }
        return smaller.ToJsonString();
    }

    /// <summary>Some of these, in any order.</summary>
    public List<T> Pick<T>(IReadOnlyList<T> from, int count) => [.. from.OrderBy(_ => random.Next()).Take(count)];

    private JsonObject? Variant() => random.Next(4) == 0 ? null : Settings(mostPoints: 8);

    private JsonObject Settings(int mostPoints)
    {
        var settings = new JsonObject();
        var data = DataFields.All[0].Names[random.Next(DataFields.All[0].Names.Count)];
        var optimizer = OptimizerFields.Name.Names[random.Next(OptimizerFields.Name.Names.Count)];
        var pretraining = PretrainingFields.Method.Names[random.Next(PretrainingFields.Method.Names.Count)];
        string Chosen(Choice choice) => choice.Path switch { FieldList.Data => data, FieldList.Optimizer => optimizer, _ => pretraining };
        var open = FieldList.All.Where(f => f.Path is not (FieldList.Data or FieldList.Optimizer or FieldList.Pretraining or FieldList.Epochs)
            && (Choice.Of(f) is not { } choice || choice.Has(Chosen(choice), f))).OrderBy(_ => random.Next()).ToList();
        if (random.Next(2) == 0 || open.Take(8).Any(f => f.Section == "data"))
            settings["data"] = data == "arrays" ? new JsonObject { ["name"] = data, ["path"] = "mine" } : new JsonObject { ["name"] = data };
        if (random.Next(2) == 0 || open.Take(8).Any(IsOptimizers))
            settings["training"] = new JsonObject { ["optimizer"] = optimizer };
        if (random.Next(2) == 0 || open.Take(8).Any(f => f.Section == "pretraining"))
            settings["pretraining"] = new JsonObject { ["method"] = pretraining };
        var points = 1;
        foreach (var field in open.Take(random.Next(8)))
        {
            var values = Pick(Samples[field.Path], random.Next(1, 4));
            points *= values.Count;
            if (points > mostPoints)
                break;
            Put(settings, field, values.Count == 1 && random.Next(2) == 0 ? values[0].DeepClone() : List(values));
        }
        if (random.Next(3) == 0 && points <= mostPoints / 3)
            settings["zip"] = new JsonArray(Zip([.. open.Skip(8).Where(f => f.Section is not ("data" or "pretraining") && !IsOptimizers(f))],
                random.Next(1, 4)));
        return settings;
    }

    private JsonObject Zip(List<Field> fields, int most)
    {
        // The first field's values differ, so that no two steps are the same.
        var first = fields.MaxBy(f => Math.Min(Samples[f.Path].Length, most))!;
        var steps = Math.Min(Samples[first.Path].Length, most);
        var others = fields.Where(f => f != first).Take(random.Next(1, 3));
        return new([
            new(first.Path, List(Pick(Samples[first.Path], steps))),
            .. others.Select(f =>
                KeyValuePair.Create(f.Path, (JsonNode?)List(Enumerable.Range(0, steps).Select(_ => Samples[f.Path][random.Next(Samples[f.Path].Length)])))),
        ]);
    }

    /// <summary>Adds a rule that leaves out one trial, with others that are alike, and leaves another of its variant.</summary>
    private void Exclude()
    {
        var trials = StudyFile.Parse(Text, "r").Trials;
        var (gone, kept) = (trials[random.Next(trials.Count)].Setting.Flat, trials[random.Next(trials.Count)].Setting.Flat);
        var differing = FieldList.All.Where(f => gone.TryGetValue(f.Key, out var text) && kept.GetValueOrDefault(f.Key) != text && !f.IsFreeText
            && f.Path != "network.hidden").ToList();
        if (differing.Count == 0)
            return;
        var rule = new JsonObject(differing.Select(f =>
            KeyValuePair.Create(f.Path, f.IsNumber || gone[f.Key][0] == '[' ? JsonNode.Parse(gone[f.Key]) : gone[f.Key])));
        var rules = (JsonArray)(Root["exclude"] ??= new JsonArray());
        rules.Add(rule);
        if (Assertions.Refusal(Text) is null)
            return;
        // It left a variant without trials.
        rules.Remove(rule);
        if (rules.Count == 0)
            Root.Remove("exclude");
    }

    private static void Put(JsonObject settings, Field field, JsonNode value)
    {
        if (field.Section.Length == 0)
            settings[field.Path] = value;
        else
            ((JsonObject)(settings[field.Section] ??= new JsonObject()))[field.Leaf] = value;
    }

    private static bool IsOptimizers(Field field) => Choice.Of(field)?.Path == FieldList.Optimizer;

    private static JsonArray List(IEnumerable<JsonNode> values) => new([.. values.Select(value => value.DeepClone())]);

    private static IEnumerable<JsonObject> Bodies(JsonObject root) =>
        (root["variants"] as JsonObject ?? []).Select(v => v.Value).OfType<JsonObject>().Append(root);

    private static bool IsPair(JsonArray list) => list is [JsonValue, JsonValue] && (list.ToJsonString() is "[0,1]" or "[-1,1]")
        && list.GetPropertyName() is "range" or "scale" or "classWeights";

    private JsonNode? Shuffled(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(_ => random.Next()).Select(e => KeyValuePair.Create(e.Key, Shuffled(e.Value)))),
        JsonArray list when list.Parent is JsonObject && list.GetPropertyName() is "zip" or "exclude" =>
            new JsonArray([.. list.OrderBy(_ => random.Next()).Select(Shuffled)]),
        _ => node?.DeepClone(),
    };
}

internal static class Assertions
{
    /// <summary>Why the reader refuses a text; null if it does not.</summary>
    public static string? Refusal(string text)
    {
        try
        {
            _ = StudyFile.Parse(text, "r");
            return null;
        }
        catch (StudyException e)
        {
            return e.Message;
        }
    }
}
