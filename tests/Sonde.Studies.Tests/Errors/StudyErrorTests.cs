using Sonde.Networks;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;

namespace Sonde.Studies.Tests.Errors;

/// <summary>Every mistake is one clear text: file, line, column, field, what was expected, what arrived, the nearest valid name.</summary>
public sealed class StudyErrorTests
{
    private static string Error(string text, params string[] overrides) =>
        Assert.Throws<StudyException>(() => StudyFile.Parse(text, "s.yaml", overrides)).Message;

    /// <summary>Puts the names of a section's fields, or of activations, in the place of a word in braces.</summary>
    private static string WithFields(string message) => FieldList.Sections.Aggregate(
        message.Replace("{activations}", string.Join(", ", ActivationList.All), StringComparison.Ordinal), (text, section) => text.Replace(
            $"{{{section}}}", string.Join(", ", FieldList.InSection(section).Select(field => field.Leaf)), StringComparison.Ordinal));

    [Theory]
    [InlineData("study: s\nnetwork: {activaton: tanh}",
        "s.yaml:2:11: network.activaton: expected one of the fields {network}, got 'activaton'. Did you mean 'activation'?")]
    [InlineData("study: s\nnetwork:\n  activation: tahn",
        "s.yaml:3:15: network.activation: expected one of {activations}, got 'tahn'. Did you "
        + "mean 'tanh'?")]
    [InlineData("study: s\nnetwork: {activation: [tanh, Sigmoid]}",
        "s.yaml:2:30: network.activation: expected one of {activations}, got 'Sigmoid'. Did "
        + "you mean 'sigmoid'?")]
    [InlineData("study: s\ntrainin: {batch: 10}",
        "s.yaml:2:1: trainin: expected one of the fields study, scales, variants, search, data, network, training, pretraining, probe, evaluate, checkpoint, "
        + "findings, stop, seeds, "
        + "zip, exclude, "
        + "got "
        + "'trainin'. Did you mean 'training'?")]
    [InlineData("study: s\nactivation: tanh",
        "s.yaml:2:1: activation: expected one of the fields study, scales, variants, search, data, network, training, pretraining, probe, evaluate, "
        + "checkpoint, findings, stop, seeds, zip, "
        + "exclude, "
        + "got 'activation'. Did you mean 'network.activation'?")]
    [InlineData("study: s\ntraining: {learning_rate: 1}",
        "s.yaml:2:12: training.learning_rate: expected one of the fields {training}, got 'learning_rate'. Did you mean "
        + "'learningRate'?")]
    [InlineData("study: s\ntraining: {learningRate: fast}", "s.yaml:2:26: training.learningRate: expected a number above 0 such as 0.01, got 'fast'.")]
    [InlineData("study: s\ntraining: {learningRate: -0.1}", "s.yaml:2:26: training.learningRate: expected a number above 0 such as 0.01, got '-0.1'.")]
    [InlineData("study: s\ntraining: {learningRate: .nan}", "s.yaml:2:26: training.learningRate: expected a number above 0 such as 0.01, got '.nan'.")]
    [InlineData("study: s\ntraining: {learningRate: NaN}", "s.yaml:2:26: training.learningRate: expected a number above 0 such as 0.01, got 'NaN'.")]
    [InlineData("study: s\ntraining: {learningRate: 1e-60}", "s.yaml:2:26: training.learningRate: expected a number above 0 such as 0.01, got '1e-60'. "
        + "Training is in single precision, whose numbers above 0 are 1.4e-45 to 3.4e38.")]
    [InlineData("study: s\ntraining: updates: 100", "s.yaml:2:11: Line 2 has two colons. Write 'training: {updates: 100}', or give "
        + "'updates: 100' a line of its own below 'training:', indented by two spaces.")]
    [InlineData("study: s\n  seeds: 1", "s.yaml:2:3: Line 2 begins in column 3, and the line of 'study' above it in "
        + "column 1. Fields of one section begin in the same column.")]
    [InlineData("study: s\nprobe: {every: 50}\n  evaluate: {every: 50}\n", "s.yaml:3:3: Line 3 begins in column 3, and the line of 'probe' "
        + "above it in column 1. Fields of one section begin in the same column.")]
    [InlineData("study: s\ntraining:\n    batch: 5\n  updates: 100", "s.yaml:4:3: Line 4 begins in column 3, and the line of 'batch' above it in column 5. "
        + "Fields of one section begin in the same column.")]
    [InlineData("study: s\ntraining:\u00A0{updates: 100}", "s.yaml:2:10: here is a space of another kind (U+00A0), which YAML takes for a letter. "
        + "Type an ordinary space in its place.")]
    [InlineData("study: s\ntraining:\n  updates:\u00A0100", "s.yaml:3:11: here is a space of another kind (U+00A0), which YAML takes for a letter. "
        + "Type an ordinary space in its place.")]
    [InlineData("study: s\ntraining: {batch: 0}", "s.yaml:2:19: training.batch: expected a whole number from 1 to 100000, got '0'.")]
    [InlineData("study: s\ntraining: {batch: 2.5}", "s.yaml:2:19: training.batch: expected a whole number from 1 to 100000, got '2.5'.")]
    [InlineData("study: s\ntraining: {batch: }", "s.yaml:2:19: training.batch: expected a whole number from 1 to 100000, got nothing. "
        + "Put a value after the colon, such as 10, or remove the line.")]
    [InlineData("study: s\ntraining: {batch: {size: 3}}", "s.yaml:2:19: training.batch: expected a whole number from 1 to 100000, got settings (size).")]
    [InlineData("study: s\ntraining: {batch: []}",
        "s.yaml:2:19: training.batch: expected a whole number from 1 to 100000, got an empty list. A list is a grid: give it at least one value.")]
    [InlineData("study: s\ntraining: {batch: [1, 1]}",
        "s.yaml:2:23: training.batch: expected different values in a grid, got '1' twice. Remove one of the two.")]
    [InlineData("study: s\ntraining: {batch: [[1]]}", "s.yaml:2:20: training.batch: expected a whole number from 1 to 100000, got a list of 1.")]
    [InlineData("study: s\ntraining: 5",
        "s.yaml:2:11: training: expected settings such as {optimizer: sgd}, got '5'. Its fields are {training}.")]
    [InlineData("study: s\ntraining:",
        "s.yaml:2:10: training: expected settings such as {optimizer: sgd}, got nothing. Its fields are {training}.")]
    [InlineData("study: s\nstop: 5",
        "s.yaml:2:7: stop: expected settings such as {patience: ...}, got '5'. Its fields are patience.")]
    [InlineData("study: s\ntraining: {optimizer: sdg}",
        "s.yaml:2:23: training.optimizer: expected one of sgd, momentum, nesterov, adam, sdlm, gradient-variance, rmsprop, got 'sdg'. Did you mean 'sgd'?")]
    [InlineData("study: s\nseeds: [1, -2]", "s.yaml:2:12: seeds: expected a whole number from 0 to 18446744073709551615, or a list of them, got '-2'.")]
    [InlineData("study: s\nseed: 1",
        "s.yaml:2:1: seed: expected one of the fields study, scales, variants, search, data, network, training, pretraining, probe, evaluate, "
        + "checkpoint, findings, stop, seeds, zip, "
        + "exclude, got "
        + "'seed'. Write 'seeds: 1'.")]
    [InlineData("study: s\nprobe: {examples: 50, jacobian: 51}",
        "s.yaml:2:33: probe.jacobian: expected at most 50, as many examples as the probes see, got 51. Take Jacobians at fewer examples.")]
    [InlineData("study: s\nprobe: {on: live, jacobian: 11}",
        "s.yaml:2:29: probe.jacobian: expected at most 10, as many examples as the probes see, got 11. Take Jacobians at fewer examples.")]
    [InlineData("study: s\nprobe: {examples: 5}",
        "s.yaml:2:19: probe.examples: expected at least one mini-batch of 10 examples, got 5. Probe more examples or make the batch smaller.")]
    [InlineData("study: s\ndata: Shapset", "s.yaml:2:7: data.name: expected one of shapeset, mnist, cifar10, arrays, or a set that `sonde data build` made "
        + "(small letters, digits and hyphens, beginning with a letter, at most 60 of them), got 'Shapset'. Did you mean 'shapeset'?")]
    [InlineData("study: s\ndata: {name: shapeset, side: 8}", "s.yaml:2:30: data.side: expected a whole number from 16 to 256 (pixels), got '8'.")]
    [InlineData("study: s\ndata: {name: shapeset, range: [0, 2]}", "s.yaml:2:31: data.range: expected [-1, 1] or [0, 1], got [0, 2].")]
    [InlineData("study: s\ndata: {name: mnist, side: 32}",
        "s.yaml:2:27: data.side: expected only settings that mnist has, got '32'. Remove it, or name another dataset.")]
    [InlineData("data: shapeset",
        "s.yaml:1:1: study: expected the study's name (letters, digits, dots, hyphens and underscores, beginning with a letter or digit, at most 60 of "
        + "them; a slash begins another such part, as in paper/shapeset), got nothing. Begin the file with a line such as 'study: first-look'.")]
    [InlineData("study: s\nvariants: {a b: }",
        "s.yaml:2:12: variants.a b: expected a variant's name (letters, digits, dots, hyphens and underscores, beginning with a letter or digit, at most "
        + "60 of them), got 'a b'. Rename it.")]
    [InlineData("study: s\nvariants: {a: tanh}",
        "s.yaml:2:15: variants.a: expected settings such as {network: {activation: tanh}}, got 'tanh'. Leave it empty for a variant that changes nothing.")]
    [InlineData("study: s\nvariants: {a: {network: {initt: he}}}",
        "s.yaml:2:26: variants.a.network.initt: expected one of the fields {network}, got 'initt'. Did you mean 'init'?")]
    [InlineData("study: s\nvariants: [a]", "s.yaml:2:11: variants: expected named settings such as {sigmoid-4: {network: {hidden: 1000x4}}}, got a list of 1.")]
    [InlineData("study: s\nnetwork: {hidden: 500,300}",
        "s.yaml:2:23: network.300: expected one of the fields {network}, got '300'. Inside braces, widths with a comma need quotes: "
        + "hidden: \"500,300\".")]
    [InlineData("study: s\nnetwork.activation: tanh",
        "s.yaml:2:1: network.activation: expected one of the fields study, scales, variants, search, data, network, training, pretraining, probe, evaluate, "
        + "checkpoint, findings, stop, seeds, zip, "
        + "exclude, got 'network.activation'. Write network: {activation: ...}.")]
    [InlineData("study: s\ntraining: {batch: \"10\"}",
        "s.yaml:2:19: training.batch: expected a whole number from 1 to 100000, got '10' in quotes. Take the quotes off.")]
    [InlineData("study: s\nseeds: 1e-30", "s.yaml:2:8: seeds: expected a whole number from 0 to 18446744073709551615, or a list of them, got '1e-30'.")]
    [InlineData("study: s\nseeds: 18446744073709551616",
        "s.yaml:2:8: seeds: expected a whole number from 0 to 18446744073709551615, or a list of them, got '18446744073709551616'.")]
    [InlineData("study: s\ntraining: {optimizer: [adam, momentum], beta1: 0.5}",
        "s.yaml:2:48: training.beta1: expected only settings that momentum has, got '0.5'. Remove it, or name another optimizer.")]
    [InlineData("study: s\ntraining: {momentum: 0.5}",
        "s.yaml:2:22: training.momentum: expected only settings that sgd has, got '0.5' in a trial with sgd. Remove it, or name another optimizer.")]
    [InlineData("study: s\npretraining: {noise: 0.5}",
        "s.yaml:2:22: pretraining.noise: expected only settings that none has, got '0.5' in a trial with pre-training none. Remove it, or name another method "
        + "of "
        + "pre-training.")]
    [InlineData("study: s\npretraining: {method: autoencoder}",
        "s.yaml:2:23: pretraining.method: expected one of none, denoising-autoencoder, got 'autoencoder'.")]
    [InlineData("study: s\npretraining: {method: denoising-autoencoder, noise: 1}",
        "s.yaml:2:53: pretraining.noise: expected a number from 0 up to 1, such as 0.25, got '1'.")]
    [InlineData("study: s\ntraining: {optimizer: momentum, momentum: 1}",
        "s.yaml:2:43: training.momentum: expected a number from 0 up to 1, such as 0.9, got '1'.")]
    [InlineData("study: s\ndata: {range: [0, 1, 2]}", "s.yaml:2:15: data.range: expected [-1, 1] or [0, 1], got [0, 1, 2].")]
    [InlineData("study: s\ndata: {range: [low, high]}",
        "s.yaml:2:16: data.range: expected [-1, 1] or [0, 1], got 'low'.\ns.yaml:2:21: data.range: expected [-1, 1] or [0, 1], got 'high'.")]
    [InlineData("study: s\ndata: mnist\nvariants: {a: {data: {side: 32}}}",
        "s.yaml:3:29: data.side: expected only settings that mnist has, got '32' in a trial on mnist. Remove it, or name another dataset.")]
    public void Mistake_IsToldWithItsPlace(string text, string message) => Assert.Equal(WithFields(message), Error(text));

    [Theory]
    [InlineData("10x2, 5 relo", "Did you mean 'relu' for 'relo'?")]
    [InlineData("10 tahn he, 5", "Did you mean 'tanh' for 'tahn'?")]
    [InlineData("10 frosen", "Did you mean 'frozen' for 'frosen'?")]
    [InlineData("10 banana", "No activation and no initializer is called 'banana'.")]
    public void AnUnknownWordOfALayer_IsNamedWithTheNearest(string layers, string cure) =>
        Assert.EndsWith(cure, Error($"study: s\nnetwork: {{hidden: \"{layers}\"}}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("hidden: 1000*5")]
    [InlineData("hidden: 0x5")]
    [InlineData("hidden: 1000x0")]
    [InlineData("hidden: 1000x5000")]
    [InlineData("hidden: 50000x2")]
    [InlineData("hidden: 10x10x10")]
    [InlineData("hidden: 10,,10")]
    public void ImpossibleWidths_AreRefused(string field) =>
        Assert.StartsWith("s.yaml:3:11: network.hidden: expected widths such as 1000x5, or 500,300 where they differ", Error($"study: s\nnetwork:\n  {field}"));

    [Theory]
    [InlineData("study: s\nnetwork: {hidden: 1", "s.yaml:")]
    [InlineData("study: s\nnetwork: {hidden: 1\nseeds: 1", "s.yaml:")]
    [InlineData("study: s\nseeds: [1, 2\nprobe: {every: 1}", "s.yaml:")]
    [InlineData("study: s\n\tseeds: 1", "s.yaml:")]
    [InlineData("study: s\n  seeds: 1", "s.yaml:2:")]
    [InlineData("study: 'open", "s.yaml:")]
    [InlineData("study: s\nseeds: &other 1",
        "s.yaml:2:8: expected a value, got the anchor '&other'. Anchors have no meaning in a study: take it out, or put the text in quotes.")]
    [InlineData("study: s\nseeds: !!int 1",
        "s.yaml:2:8: expected a value, got the tag 'tag:yaml.org,2002:int'. Tags have no meaning in a study: take it out, or put the text in quotes.")]
    [InlineData("study: s\nseeds: *other", "s.yaml:2:8: expected a value, got the alias '*other'.")]
    [InlineData("study: s\nseeds: 1\nseeds: 2", "s.yaml:3:1: seeds: expected each field once, got 'seeds' a second time.")]
    [InlineData("study: s\n---\nstudy: t", "s.yaml:2:1: expected one study per file, got a second document")]
    [InlineData("", "s.yaml:1:1: expected a study such as 'study: NAME', got nothing.")]
    [InlineData("just text", "s.yaml:1:1: expected a study such as 'study: NAME', got 'just text'.")]
    [InlineData("[a, b]", "s.yaml:1:1: expected a study such as 'study: NAME', got a list of 2.")]
    [InlineData("study: s\n? [a]\n: 1", "s.yaml:2:3: expected the name of a field, got a list of 1.")]
    public void BrokenYaml_IsOneErrorWithAPlace(string text, string begins) => Assert.StartsWith(begins, Error(text));

    [Fact]
    public void DeepNesting_IsRefusedInsteadOfExhaustingTheStack() =>
        Assert.StartsWith("s.yaml:2:73: expected at most 64 levels of nesting, got more.", Error("study: s\nnetwork: " + new string('[', 200_000)));

    [Fact]
    public void SeveralMistakes_AreToldAtOnce()
    {
        var lines = Error("study: s\nnetwork: {activation: tahn, init: normalised}\nseeds: x").Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("s.yaml:2:23:", lines[0]);
        Assert.StartsWith("s.yaml:2:35:", lines[1]);
        Assert.EndsWith("Did you mean 'normalized'?", lines[1]);
        Assert.StartsWith("s.yaml:3:8:", lines[2]);
    }

    [Fact]
    public void GridTooLarge_IsRefused()
    {
        var many = string.Join(", ", Enumerable.Range(1, 8_000));
        Assert.Equal("s.yaml:1:1: study: expected at most 10000 trials, got 40000. Split the grid into several studies.",
            Error($"study: s\nseeds: [{many}]\ntraining: {{batch: [1, 2, 3, 4, 5]}}"));
        Assert.Equal("s.yaml:1:1: study: expected at most 10000 trials, got over 1000000000. Split the grid into several studies.",
            Error($"study: s\nseeds: [{many}]\ntraining: {{batch: [{many}], updates: [{many}]}}\nevaluate: {{every: [{many}]}}"));
    }

    [Fact]
    public void AbsurdSizes_AreRefusedAtOnce()
    {
        Assert.StartsWith("s.yaml:2:58899: expected at most 10000 entries in one list or map, got more. Split the study.",
            Error($"study: s\nseeds: [{string.Join(", ", Enumerable.Range(0, 100_000))}]"));
        Assert.StartsWith("s.yaml:10001:1: expected at most 10000 entries",
            Error($"study: s\n{string.Join('\n', Enumerable.Range(0, 80_000).Select(i => $"x{i}: 1"))}"));
        Assert.Equal("s.yaml:1:1: expected a study file of at most 1048576 characters, got 1048577. A study is a page of settings: is this the right file?",
            Error(new string('#', (1 << 20) + 1)));
        var key = new string('k', 500_000);
        Assert.True(Error($"study: s\n{key}: 1").Length < 400);
        Assert.True(Error($"study: s\nzip: [{{\"{key}\": [\"{key}\"]}}]\nvariants: {{{key}: 1}}").Length < 1200);
    }

    [Fact]
    public void HugeFile_IsNotReadIntoMemory()
    {
        var path = Path.GetTempFileName();
        using (var file = File.OpenWrite(path))
            file.SetLength(1L << 33);
        var message = Assert.Throws<StudyException>(() => StudyFile.Read(path)).Message;
        File.Delete(path);
        Assert.Equal($"{path}: expected a study file of at most 1048576 characters, got 8589934592 bytes. A study is a page of settings: is this the right "
            + "file?", message);
    }

    [Theory]
    [InlineData("training.update=5",
        "--set training.update=5: expected one of the fields {training}, got 'update'. Did you mean 'updates'?")]
    [InlineData("training.updates=x", "--set training.updates=x: expected a whole number from 0 to 1000000000000, got 'x'.")]
    [InlineData("data={name: arrays, path: x, task: regression}", "--set data={name: arrays, path: x, task: regression}: data.task: expected one of "
        + "classes, labels, values, got 'regression'. Write values.")]
    [InlineData("seeds=1..3", "--set seeds=1..3: expected a whole number from 0 to 18446744073709551615, or a list of them, got '1..3'. Write a list: "
        + "[1, 2, 3].")]
    [InlineData("training.updates", "--set training.updates: expected PATH=VALUE such as training.updates=1000, got no '='. Name the field and its value.")]
    [InlineData("seeds.first=1", "--set seeds.first=1: expected a path to a field, got 'seeds', which holds '1'. Name the field itself.")]
    [InlineData("variants.x.seeds=1",
        "--set variants.x.seeds=1: expected variants.NAME.FIELD of one, two, got 'variants.x.seeds'. Name one of these variants.")]
    [InlineData("variants.tow.seeds=1", "--set variants.tow.seeds=1: expected variants.NAME.FIELD of one, two, got 'variants.tow.seeds'. Did you mean 'two'?")]
    [InlineData("training.batch=5",
        "--set training.batch=5: expected a field that some variant leaves open, got one that every variant sets itself. Write --set "
        + "variants.one.training.batch=5 (and so on for each).")]
    [InlineData("training.batch=[5, 6]",
        "--set training.batch=[5, 6]: expected a field that some variant leaves open, got one that every variant sets itself. Write --set "
        + "'variants.one.training.batch=[5, 6]' (and so on for each).")]
    // Advice on where to write a value comes after what is wrong with the value: it would repeat it.
    [InlineData("training.batch=x", "--set training.batch=x: expected a whole number from 1 to")]
    [InlineData("training.batch=[5, 6k]", "--set training.batch=[5, 6k]: expected a whole number from 1 to")]
    [InlineData("training.updates=[1", "--set training.updates=[1: expected YAML, got text that cannot be read")]
    public void WrongSet_IsToldAsWritten(string set, string begins) =>
        Assert.StartsWith(WithFields(begins), Error("study: s\nseeds: 1\nvariants: {one: {training: {batch: 1}}, two: {training: {batch: 2}}}", set));

    [Theory]
    [InlineData("variants.x.seeds=1",
        "--set variants.x.seeds=1: expected a field, since the study has no variants, got 'variants.x.seeds'. Write --set seeds=1.")]
    [InlineData("zip.1.seeds=1", "--set zip.1.seeds=1: expected a study with zip, got 'zip.1.seeds'. Give the whole of it: --set 'zip=[...]'.")]
    public void SetOfWhatAStudyHasNot_SaysWhatToWrite(string set, string message) => Assert.Equal(message, Error("study: s", set));

    [Fact]
    public void MissingFile_NamesThePathAndTheList()
    {
        var message = Assert.Throws<StudyException>(() => StudyList.Open("no/such.yaml")).Message;
        Assert.Equal("no/such.yaml: expected a study file, found nothing there. Give the path of a .yaml file, or a name that 'sonde studies' lists.", message);
    }

    [Fact]
    public void MistypedFile_NamesTheOneBesideIt()
    {
        var folder = Directory.CreateTempSubdirectory("sonde-studies-").FullName;
        File.WriteAllText(Path.Combine(folder, "mine.yaml"), "study: mine");
        var message = Assert.Throws<StudyException>(() => StudyList.Open(Path.Combine(folder, "mine.yml"))).Message;
        Directory.Delete(folder, recursive: true);
        Assert.Contains("mine.yml: expected a study file, found nothing there. Did you mean 'mine.yaml'? Give the path", message);
    }

    [Fact]
    public void UnknownStudy_NamesTheNearest() =>
        Assert.Contains("There is no study 'frist-look'. Did you mean 'first-look'?",
            Assert.Throws<StudyException>(() => StudyList.Open("frist-look")).Message);
}
