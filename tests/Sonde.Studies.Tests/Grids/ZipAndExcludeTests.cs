using Sonde.Networks;
using Sonde.Studies.Errors;

namespace Sonde.Studies.Tests.Grids;

public sealed class ZipAndExcludeTests
{
    private const string Zipped = """
        study: zipped
        network: {init: [standard, normalized]}
        zip:
          - network.activation: [tanh, softsign, sigmoid]
            training.learningRate: [0.01, 0.04, 0.1]
        """;

    private static Study Parse(string text, params string[] overrides) => StudyFile.Parse(text, "s.yaml", overrides);

    private static IEnumerable<string> Ids(string text, params string[] overrides) => Parse(text, overrides).Trials.Select(t => t.Id);

    private static string Error(string text, params string[] overrides) => Assert.Throws<StudyException>(() => Parse(text, overrides)).Message;

    [Fact]
    public void Zip_TakesValuesTogetherWithinAGrid() => Assert.Equal(
        [
            "tanh-standard-lr0.01-s1", "tanh-normalized-lr0.01-s1", "softsign-standard-lr0.04-s1", "softsign-normalized-lr0.04-s1",
            "sigmoid-standard-lr0.1-s1", "sigmoid-normalized-lr0.1-s1",
        ],
        Ids(Zipped));

    [Fact]
    public void TwoZips_CrossEachOther() => Assert.Equal(
        ["tanh-standard-lr0.1-10x1-b1-s1", "tanh-standard-lr0.1-20x1-b2-s1", "relu-standard-lr0.2-10x1-b1-s1", "relu-standard-lr0.2-20x1-b2-s1"],
        Ids("""
            study: two
            zip:
              - {training.batch: [1, 2], network.hidden: [10, 20]}
              - {training.learningRate: [0.1, 0.2], network.activation: [tanh, relu]}
            """).Order(StringComparer.Ordinal).OrderBy(id => id[0] == 'r'));

    [Fact]
    public void Zip_MayRepeatAValueOfOneField() =>
        Assert.Equal(3, Parse("study: s\nzip: [{network.activation: [tanh, tanh, relu], training.learningRate: [0.1, 0.2, 0.1]}]").Trials.Count);

    [Fact]
    public void Exclude_LeavesOutPointsWithOneOfTheValuesOfEachField() => Assert.Equal(
        ["tanh-standard-lr0.01-s1", "tanh-normalized-lr0.01-s1", "softsign-normalized-lr0.04-s1"],
        Ids(Zipped + "\nexclude:\n  - {network.activation: [softsign, relu], network.init: standard}\n  - {network.activation: sigmoid}"));

    [Fact]
    public void ExcludedPoint_NeedNotBePossible() => Assert.Equal(
        ["tanh-standard-lr0.01-b10-probed20-s1", "tanh-standard-lr0.01-b10-probed200-s1", "tanh-standard-lr0.01-b100-probed200-s1"],
        Ids("study: s\ntraining: {batch: [10, 100]}\nprobe: {examples: [20, 200]}\nexclude: [{training.batch: 100, probe.examples: 20}]"));

    [Fact]
    public void Variant_LaysItsZipOverTheStudys()
    {
        var study = Parse(Zipped + """

            variants:
              plain:
              fast: {training: {learningRate: 1}}
              wide: {zip: [{network.hidden: [10, 20], training.batch: [1, 2]}], network: {init: he}}
              other:
                zip: [{network.activation: [relu, elu], training.learningRate: [0.1, 0.2]}]
                exclude: [{network.init: normalized, network.activation: elu}]
            """);
        Assert.Equal(6, study.Trials.Count(t => t.Id.StartsWith("plain-", StringComparison.Ordinal)));
        // The learning rate left the zip, the activations are a grid now.
        Assert.Equal(["fast-tanh-standard-s1", "fast-tanh-normalized-s1", "fast-softsign-standard-s1", "fast-softsign-normalized-s1",
            "fast-sigmoid-standard-s1", "fast-sigmoid-normalized-s1"],
            Of("fast").Select(t => t.Id));
        Assert.Equal(["10x1 tanh 0.01", "10x1 softsign 0.04", "10x1 sigmoid 0.1", "20x1 tanh 0.01", "20x1 softsign 0.04", "20x1 sigmoid 0.1"],
            Of("wide").Select(Words));
        Assert.Equal(["1000x5 relu 0.1", "1000x5 relu 0.1", "1000x5 elu 0.2"], Of("other").Select(Words));

        IEnumerable<Trial> Of(string variant) => study.Trials.Where(t => t.Id.StartsWith($"{variant}-", StringComparison.Ordinal));
        static string Words(Trial t) => $"{t.Setting.Flat["network.hidden"]} {t.Setting.Flat["network.activation"]} {t.Setting.Flat["training.learningRate"]}";
    }

    [Fact]
    public void VariantThatTakesAFieldOutOfAZip_RepeatsNoPoint() => Assert.Equal(
        ["v-lr0.1-s1", "v-lr0.2-s1"],
        Ids("study: s\nzip: [{network.activation: [tanh, relu, elu], training.learningRate: [0.1, 0.2, 0.1]}]\nvariants: {v: {network: {activation: tanh}}}"));

    [Fact]
    public void Written_NamesFieldsByTheirPaths()
    {
        var text = StudyFile.Write(Parse(Zipped
            + "\nexclude: [{network.activation: sigmoid, network.init: [standard]}]\nvariants: {a: {zip: [{seeds: [1, 2], training.batch: [3, 4]}]}}"));
        Assert.Contains("zip:\n  - network.activation: [tanh, softsign, sigmoid]\n    training.learningRate: [0.01, 0.04, 0.1]\nexclude:\n  - "
            + "network.activation: sigmoid\n    network.init: [standard]\n", text);
        Assert.EndsWith("variants:\n  a:\n    zip:\n      - training.batch: [3, 4]\n        seeds: [1, 2]\n", text);
        // A field of a zip has no default beside it.
        Assert.DoesNotContain("  activation: tanh\n", text);
        Assert.Equal(text, StudyFile.Write(Parse(text)));
    }

    [Theory]
    [InlineData("zip.1.training.learningRate=[1, 2, 3]", "tanh-standard-lr1-s1")]
    [InlineData("zip.1={network.activation: [relu, elu], training.batch: [1, 2]}", "relu-standard-lr0.01-b1-s1")]
    [InlineData("zip=[]", "tanh-standard-lr0.01-s1")]
    [InlineData("zip=[{seeds: [4, 5], training.batch: [1, 2]}]", "tanh-standard-lr0.01-b1-s4")]
    [InlineData("exclude=[{network.activation: tanh}]", "softsign-standard-lr0.04-s1")]
    [InlineData("network.init=he", "tanh-he-lr0.01-s1")]
    [InlineData("variants={v: {seeds: 9}}", "v-tanh-standard-lr0.01-s9")]
    [InlineData("study=renamed", "tanh-standard-lr0.01-s1")]
    public void Set_ChangesZipsRulesAndVariants(string set, string first) => Assert.Equal(first, Ids(Zipped, set).First());

    [Theory]
    [InlineData("exclude.1.network.init=normalized", "v-standard-s1")]
    [InlineData("exclude.1={network.init: [normalized]}", "v-standard-s1")]
    [InlineData("exclude=[]", "v-standard-s1 v-normalized-s1")]
    [InlineData("variants.v.zip.1.training.batch=[7, 8]", "v-normalized-s1")]
    [InlineData("variants.v.exclude=[]", "v-normalized-s1")]
    [InlineData("variants={}", "tanh-normalized-lr0.01-s1")]
    [InlineData("variants.v=", "v-normalized-s1")]
    public void Set_ReachesInto(string set, string ids) => Assert.Equal(ids.Split(' '),
        Ids("study: s\nnetwork: {init: [standard, normalized]}\nexclude: [{network.init: standard}]\nvariants: {v: {zip: [{training.batch: [5, 6], "
            + "training.updates: [1, 2]}], exclude: [{training.batch: [6, 8]}]}}", set)
            .Select(id => id.Replace("-b5-u1", "").Replace("-b7-u1", "")).Where(id => !id.Contains("-b6-")));

    [Theory]
    [InlineData("zip: 5",
        "s.yaml:2:6: zip: expected a list of groups such as {network.activation: [tanh, sigmoid], training.learningRate: [0.01, 0.1]}, got '5'. Begin it "
        + "with a hyphen, or put it in brackets.")]
    [InlineData("zip: {seeds: [1, 2]}",
        "s.yaml:2:6: zip: expected a list of groups such as {network.activation: [tanh, sigmoid], training.learningRate: [0.01, 0.1]}, got settings "
        + "(seeds). Begin it with a hyphen, or put it in brackets.")]
    [InlineData("zip:", "s.yaml:2:5: zip: expected a list of groups such as {network.activation: [tanh, sigmoid], training.learningRate: [0.01, 0.1]}, got "
        + "nothing. Begin it with a hyphen, or put it in brackets.")]
    [InlineData("zip: [5]", "s.yaml:2:7: zip.1: expected a group such as {network.activation: [tanh, sigmoid], training.learningRate: [0.01, 0.1]}, got '5'.")]
    [InlineData("zip: [{seeds: [1, 2]}, {training.batch: [1, 2]}]",
        "s.yaml:2:7: zip.1: expected at least two fields that go together, got settings (seeds). Write fields that go together in one group, under "
        + "one hyphen. A single field is a grid: write it outside zip.\ns.yaml:2:24: zip.2: expected at least two fields that go together, got settings "
        + "(training.batch). Write fields that go together in one group, under one hyphen. A single field is a grid: write it outside zip.")]
    [InlineData("zip: [{seeds: [1, 2], training.batch: [1, 2, 3]}]",
        "s.yaml:2:39: zip.1.training.batch: expected as many values as seeds has, 2, got 3. Values of one place go together.")]
    [InlineData("zip: [{seeds: [1, 2], training.batch: 1}]",
        "s.yaml:2:39: zip.1.training.batch: expected as many values as seeds has, 2, got 1. Values of one place go together.")]
    [InlineData("zip: [{seeds: [1, 1], training.batch: [2, 2]}]",
        "s.yaml:2:7: zip.1: expected different values in a grid, got '1, 2' twice. Remove one of the two.")]
    [InlineData("zip: [{seeds: [1, x], training.batch: [1, 2]}]",
        "s.yaml:2:19: zip.1.seeds: expected a whole number from 0 to 18446744073709551615, or a list of them, got 'x'.")]
    [InlineData("zip: [{seeds: [], training.batch: [1, 2]}]",
        "s.yaml:2:15: zip.1.seeds: expected a whole number from 0 to 18446744073709551615, or a list of them, got an empty list. A list is a grid: give it "
        + "at least one value.")]
    [InlineData("zip: [{seeds: [1, 2], batch: [1, 2]}]",
        "s.yaml:2:23: zip.1.batch: expected a field by its whole path such as network.activation, got 'batch'. Did you mean 'training.batch'?")]
    [InlineData("zip: [{seeds: [1, 2], network: {activation: [tanh, relu]}}]",
        "s.yaml:2:23: zip.1.network: expected a field by its whole path such as network.activation, got 'network'. Did you mean 'network.hidden'?")]
    [InlineData("zip: [{seeds: [1, 2], training.btach: [1, 2]}]",
        "s.yaml:2:23: zip.1.training.btach: expected a field by its whole path such as network.activation, got 'training.btach'. Did you mean "
        + "'training.batch'?")]
    [InlineData("zip: [{seeds: [1, 2], dropout: [1, 2]}]",
        "s.yaml:2:23: zip.1.dropout: expected a field by its whole path such as network.activation, got 'dropout'. Remove it or correct its name.")]
    [InlineData("seeds: 1\nzip: [{seeds: [1, 2], training.batch: [1, 2]}]",
        "s.yaml:3:15: zip.1.seeds: expected each field in one place, got one that is given elsewhere too. Remove one of the two.")]
    [InlineData("zip: [{seeds: [1, 2], training.batch: [1, 2]}, {seeds: [1, 2], training.updates: [1, 2]}]",
        "s.yaml:2:56: zip.2.seeds: expected each field in one place, got one that is given elsewhere too. Remove one of the two.")]
    [InlineData("variants: {v: {zip: [{seeds: [1, 2], batch: [1, 2]}]}}",
        "s.yaml:2:38: variants.v.zip.1.batch: expected a field by its whole path such as network.activation, got 'batch'. Did you mean 'training.batch'?")]
    [InlineData("exclude: {seeds: 1}",
        "s.yaml:2:10: exclude: expected a list of rules such as {network.activation: sigmoid, network.init: normalized}, got settings (seeds). Begin it "
        + "with a hyphen, or put it in brackets.")]
    [InlineData("exclude: [seeds]", "s.yaml:2:11: exclude.1: expected a rule such as {network.activation: sigmoid, network.init: normalized}, got 'seeds'.")]
    [InlineData("exclude: [{}]",
        "s.yaml:2:11: exclude.1: expected fields and the values to leave out, got empty braces. A rule without fields would leave out everything: remove it.")]
    [InlineData("exclude: [{activaton: tanh}]",
        "s.yaml:2:12: exclude.1.activaton: expected a field by its whole path such as network.activation, got 'activaton'. Did you mean 'network.activation'?")]
    [InlineData("exclude: [{network.activation: tahn}]",
        "s.yaml:2:32: exclude.1.network.activation: expected one of {activations}, got 'tahn'. Did you mean 'tanh'?")]
    [InlineData("seeds: [1, 2]\nexclude: [{seeds: 3}]",
        "s.yaml:3:11: exclude: expected a rule that leaves out some trials, got one that matches none: no trial has seeds 3. Correct it, or remove it.")]
    [InlineData("seeds: [1, 2]\nexclude: [{seeds: [3, 4], training.batch: 10}]",
        "s.yaml:3:11: exclude: expected a rule that leaves out some trials, got one that matches none: no trial has seeds 3 or 4. Correct it, or remove it.")]
    [InlineData("zip: [{seeds: [1, 2], training.batch: [1, 2]}]\nexclude: [{seeds: 1, training.batch: 2}]",
        "s.yaml:3:11: exclude: expected a rule that leaves out some trials, got one that matches none: no trial has all of its values. Correct it, or "
        + "remove it.")]
    [InlineData("exclude: [{seeds: 1}]", "s.yaml:2:11: exclude: expected rules that leave some trials, got rules that leave none. Remove one of them.")]
    [InlineData("seeds: [1, 2]\nexclude: [{seeds: 1}, {seeds: 2}]",
        "s.yaml:3:23: exclude: expected rules that leave some trials, got rules that leave none. Remove one of them.")]
    [InlineData("variants: {a: {seeds: 1}, b: {seeds: 2}}\nexclude: [{seeds: 2}]",
        "s.yaml:3:11: exclude: expected rules that leave some trials, got rules that leave none of variant b. Remove one of them.")]
    public void Mistake_IsToldWithItsPlace(string lines, string message) => Assert.Equal(
        message.Replace("{activations}", string.Join(", ", ActivationList.All), StringComparison.Ordinal), Error($"study: s\n{lines}"));

    [Theory]
    [InlineData("zip.2.seeds=1",
        "--set zip.2.seeds=1: expected zip.N with N from 1 to 1, got 'zip.2.seeds'. Count from 1, or give the whole of it: --set 'zip=[...]'.")]
    [InlineData("zip.seeds=1",
        "--set zip.seeds=1: expected zip.N with N from 1 to 1, got 'zip.seeds'. Count from 1, or give the whole of it: --set 'zip=[...]'.")]
    [InlineData("exclude.1.seeds=1",
        "--set exclude.1.seeds=1: expected a study with exclude, got 'exclude.1.seeds'. Give the whole of it: --set 'exclude=[...]'.")]
    [InlineData("zip.1.training.learningRate=0.1",
        "--set zip.1.training.learningRate=0.1: expected as many values as network.activation has, 3, got 1. Values of one "
        + "place go together.")]
    [InlineData("zip.1.learningRate=[1, 2, 3]",
        "--set zip.1.learningRate=[1, 2, 3]: expected a field by its whole path such as network.activation, got 'learningRate'. Did "
        + "you mean 'training.learningRate'?")]
    [InlineData("training.learningRate=0.1",
        "s.yaml:5:28: zip.1.training.learningRate: expected each field in one place, got one that is given elsewhere too. Remove one of the two.")]
    [InlineData("exclude=[{network.init: he}]",
        "--set exclude=[{network.init: he}]: expected a rule that leaves out some trials, got one that matches none: no trial has network.init "
        + "he. Correct it, or remove it.")]
    public void WrongSet_IsToldAsWritten(string set, string message) => Assert.Equal(message, Error(Zipped, set));
}
