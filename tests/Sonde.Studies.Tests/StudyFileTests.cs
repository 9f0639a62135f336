using Sonde.Data;
using Sonde.Optimizers;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;

namespace Sonde.Studies.Tests;

public sealed class StudyFileTests
{
    private static Study Parse(string text, params string[] overrides) => StudyFile.Parse(text, "s.yaml", overrides);

    private static IEnumerable<string> Ids(Study study) => study.Trials.Select(t => t.Id);

    [Fact]
    public void NameAlone_GivesEveryDefault()
    {
        var trial = Assert.Single(Parse("study: one").Trials);
        Assert.Equal("tanh-standard-lr0.01-s1", trial.Id);
        Assert.Equal(
            [
                "data.name=shapeset", "data.side=32", "data.seed=1", "data.range=[-1, 1]", "data.objects=both",
                "network.hidden=1000x5", "network.activation=tanh", "network.init=standard", "network.cost=nll",
                "training.optimizer=sgd", "training.learningRate=0.01", "training.batch=10", "training.updates=20000",
                "probe.every=1000", "probe.examples=300", "probe.on=fixed", "probe.jacobian=0",
                "evaluate.every=5000", "evaluate.examples=10000", "checkpoint.every=5000", "seed=1",
            ],
            trial.Setting.Flat.Select(s => $"{s.Key}={s.Value}"));
    }

    [Fact]
    public void Setting_IsTyped()
    {
        var setting = Parse("""
            study: typed
            data: {name: shapeset, side: 16, seed: 7, range: [0, 1]}
            network: {hidden: "50, 20", activation: leaky-relu, init: gaussian(0.02), cost: quadratic}
            training: {learningRate: 1e-3, batch: 20, updates: 100}
            seeds: 9
            probe: {every: 10, examples: 40, on: fixed, jacobian: 3}
            evaluate: {every: 50, examples: 200}
            checkpoint: {every: 25}
            """).Trials[0].Setting;
        Assert.Equal(("shapeset", 16, 7ul, PixelRange.ZeroToOne),
            (setting.Data.Name, setting.Data.Side!.Value, setting.Data.Seed, setting.Data.Range!.Value));
        Assert.Equal([50, 20], setting.Hidden);
        Assert.Equal(("leaky-relu", "gaussian(0.02)", "quadratic"), (setting.Activation.Name, setting.Initializer.Name, setting.Cost.Name));
        Assert.Equal(new Optimizer<Sgd>("sgd", new(0.001f)), setting.Optimizer);
        Assert.Equal((10, 40, 3), (setting.Probe.Every, setting.Probe.Examples, setting.Probe.JacobianExamples));
        Assert.Equal(new() { Updates = 100, Batch = 20, Seed = 9, EvaluateEvery = 50, EvaluationExamples = 200, CheckpointEvery = 25 }, setting.Plan);
    }

    [Fact]
    public void Lists_MeanAGrid()
    {
        var study = Parse("""
            study: grid
            network: {activation: [tanh, softsign], init: [standard, normalized]}
            seeds: [1, 2]
            """);
        Assert.Equal(
            [
                "tanh-standard-lr0.01-s1", "tanh-standard-lr0.01-s2", "tanh-normalized-lr0.01-s1", "tanh-normalized-lr0.01-s2",
                "softsign-standard-lr0.01-s1", "softsign-standard-lr0.01-s2", "softsign-normalized-lr0.01-s1", "softsign-normalized-lr0.01-s2",
            ],
            Ids(study));
    }

    [Fact]
    public void EveryField_TakesAListAsAGrid()
    {
        Assert.Equal(FieldList.All.Select(f => f.Path), RandomStudy.Samples.Keys);
        Assert.All(FieldList.All, field =>
        {
            var values = RandomStudy.Samples[field.Path];
            var data = field.Path == "data.path" ? "name: arrays, " : field.Path != "data.name" && !DataFields.Has("shapeset", field)
                ? "name: arrays, path: mine, " : "";
            var list = $"[{string.Join(", ", values.Select(value => value.ToJsonString()))}]";
            var chosen = Choice.Of(field)?.Path switch
            {
                FieldList.Optimizer => $"optimizer: {OptimizerFields.Name.Names.First(name => OptimizerFields.Has(name, field))}, ",
                FieldList.Pretraining => "method: denoising-autoencoder, ",
                _ => "",
            };
            var finite = field.Path == FieldList.Epochs ? "data: mnist\n" : "";
            var study = Parse(field.Section.Length == 0 ? $"study: s\n{field.Path}: {list}"
                : $"study: s\n{finite}{field.Section}: {{{(field.Section == "data" ? data : chosen)}{field.Leaf}: {list}}}");
            Assert.Equal(values.Length, study.Trials.Select(t => t.Setting.Flat.GetValueOrDefault(field.Key)).Distinct().Count());
        });
    }

    [Theory]
    [InlineData("1e6", 1_000_000)]
    [InlineData("2.5e3", 2500)]
    [InlineData("00100", 100)]
    [InlineData("100.0", 100)]
    public void WholeNumbers_MayBeWrittenShort(string text, long value) =>
        Assert.Equal(value, Parse($"study: s\ntraining: {{updates: {text}}}").Trials[0].Setting.Plan.Updates);

    [Fact]
    public void OtherVariedFields_StandInTheIds()
    {
        var study = Parse("""
            study: grid
            data: {name: shapeset, side: [16, 32], range: [[-1, 1], [0, 1]]}
            network:
              hidden: [100x2, "50,20", none]
            training: {batch: [1, 10]}
            """);
        Assert.Equal(24, study.Trials.Count);
        Assert.Equal("tanh-standard-lr0.01-side16-range-1-1-100x2-b1-s1", study.Trials[0].Id);
        Assert.Equal("tanh-standard-lr0.01-side32-range0-1-none-b10-s1", study.Trials[^1].Id);
        Assert.Contains("tanh-standard-lr0.01-side16-range0-1-50-20-b1-s1", Ids(study));
    }

    [Fact]
    public void Variants_LieOverTheRest()
    {
        var study = Parse("""
            study: laid
            network: {hidden: 30x5, activation: tanh}
            seeds: [1, 2]
            variants:
              sigmoid-4: {network: {hidden: 30x4, activation: sigmoid}, training: {learningRate: 0.1}}
              plain:
              both: {network: {init: [standard, normalized]}, seeds: 5}
            """);
        Assert.Equal(["sigmoid-4-s1", "sigmoid-4-s2", "plain-s1", "plain-s2", "both-standard-s5", "both-normalized-s5"], Ids(study));
        Assert.Equal("30x4 sigmoid 0.1", Words(study.Trials[0]));
        Assert.Equal("30x5 tanh 0.01", Words(study.Trials[2]));

        static string Words(Trial t) => $"{t.Setting.Flat["network.hidden"]} {t.Setting.Flat["network.activation"]} {t.Setting.Flat["training.learningRate"]}";
    }

    [Fact]
    public void VariantWithAnotherDataset_DropsTheSettingsOfTheFirst()
    {
        var study = Parse("""
            study: two
            data: {name: shapeset, side: 16}
            variants: {drawn: , written: {data: mnist}}
            """);
        Assert.Equal("16", study.Trials[0].Setting.Flat["data.side"]);
        Assert.Equal("mnist", study.Trials[1].Setting.Data.Name);
        Assert.Null(study.Trials[1].Setting.Data.Side);
    }

    [Fact]
    public void SameStudyTwice_GivesTheSameIdsAndSettings()
    {
        const string text = "study: same\nnetwork: {activation: [tanh, relu]}\nseeds: [3, 1, 2]";
        var (first, second) = (Parse(text), Parse(text));
        Assert.Equal(Ids(first), Ids(second));
        Assert.Equal(first.Trials.Select(t => t.Setting.Flat), second.Trials.Select(t => t.Setting.Flat));
    }

    [Fact]
    public void FirstComment_IsTheDescription()
    {
        Assert.Equal("What it shows", Parse("#  What it shows\n# more\nstudy: one").Description);
        Assert.Equal("What it shows", Parse("# yaml-language-server: $schema=study.schema.json\n# What it shows\nstudy: one").Description);
        Assert.Null(Parse("study: one\n# What it does not").Description);
    }

    [Theory]
    [InlineData("training.updates=7", "training.updates", "7")]
    [InlineData("network.activation=relu", "network.activation", "relu")]
    [InlineData("network.hidden=50,20", "network.hidden", "50,20")]
    [InlineData("data.side=16", "data.side", "16")]
    [InlineData("data=mnist", "data.name", "mnist")]
    [InlineData("data.range=[0, 1]", "data.range", "[0, 1]")]
    [InlineData("seeds=4", "seed", "4")]
    [InlineData("checkpoint.every = 9", "checkpoint.every", "9")]
    public void Set_ReplacesOrAddsAField(string set, string key, string value) =>
        Assert.Equal(value, Parse("study: one\ndata: shapeset\nnetwork: {activation: tanh}", set).Trials[0].Setting.Flat[key]);

    [Fact]
    public void SetToAList_MakesAGrid() =>
        Assert.Equal(["tanh-standard-lr0.01-s1", "tanh-standard-lr0.1-s1"], Ids(Parse("study: one", "training.learningRate=[0.01, 0.1]")));

    [Fact]
    public void SetOfAVariant_ChangesThatVariantAlone()
    {
        var study = Parse("study: one\nvariants: {a.b: , c: {training: {batch: 5}}}", "variants.a.b.training.batch=20", "variants.c.network.hidden=3x1");
        Assert.Equal(["20 1000x5", "5 3x1"], study.Trials.Select(t => $"{t.Setting.Plan.Batch} {t.Setting.Flat["network.hidden"]}"));
    }

    [Fact]
    public void Write_SpellsOutDefaultsAndReadsBackEqual()
    {
        var study = Parse("""
            # Two ways to start
            study: paper/start
            data: {name: shapeset, range: [[0, 1], [-1, 1]]}
            network: {hidden: "50,20", init: [standard, constant(0.5)]}
            variants: {a: {training: {learningRate: [0.1, 1e-05]}}, b: }
            """);
        var text = StudyFile.Write(study);
        Assert.Contains("training:\n  optimizer: sgd\n  learningRate: 0.01\n  batch: 10\n  updates: 20000\n", text);
        Assert.Contains("  hidden: \"50,20\"\n", text);
        var again = Parse(text);
        Assert.Equal(text, StudyFile.Write(again));
        Assert.Equal(Ids(study), Ids(again));
        Assert.Equal(study.Trials.Select(t => t.Setting.Flat), again.Trials.Select(t => t.Setting.Flat));
        Assert.Equal("Two ways to start", again.Description);
    }

    [Fact]
    public void BuiltInStudies_AllRead()
    {
        Assert.Contains("first-look", StudyList.Names);
        foreach (var name in StudyList.Names)
        {
            var study = StudyList.Open(name);
            Assert.Equal(name, study.Name);
            Assert.False(string.IsNullOrEmpty(study.Description), $"{name} needs a first comment line that says what it shows");
            Assert.Equal(StudyFile.Write(study), StudyFile.Write(Parse(StudyFile.Write(study))));
        }
        Assert.Equal(["sigmoid-4-s1", "tanh-s1", "tanh-normalized-s1", "softsign-s1"], Ids(StudyList.Open("first-look")));
    }

    [Fact]
    public void SingleSetting_NeedsNoFile()
    {
        var setting = StudyFile.ReadSingle("the command line", SettingField.Hidden.To("20x2"), SettingField.InData("side=16"));
        Assert.Equal(("20x2", 16), ($"{setting.Hidden}", setting.Data.Side));
        Assert.Equal("the command line: expected one value for each field, got lists: network.hidden=[1x1, 2x2]. Give each field one value.",
            Assert.Throws<StudyException>(() => StudyFile.ReadSingle("the command line", "network.hidden=[1x1, 2x2]")).Message);
    }
}
