using Sonde.Analysis.Contents;
using Sonde.Analysis.Trials;
using Sonde.Engines;
using Sonde.Interop.Importing;
using Sonde.Interop.Tensors;
using Sonde.Interop.Watching;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Interop.Tests.Watching;

public sealed class ObservedTrainingTests
{
    private static readonly float[] Values = [0.5f, -1, 2, 0.25f, -0.125f, 3];

    [Fact]
    public void ArraysOfAProgram_BecomeStatisticsVerdictAndRunFolder()
    {
        using var scratch = new Scratch();
        var training = Observed();
        training.Add(new CurvePoint(0, "test", 1.2, 60));
        training.Add(new CurvePoint(100, "test", 0.4, 10));
        Assert.StartsWith("It learns: the test error fell from 60.0 % to 10.0 %", training.Verdict.Sentence, StringComparison.Ordinal);
        var run = training.Save(scratch["run"]);
        var trial = Assert.Single(RunContents.Read(run));
        Assert.Equal(("mine", TrialStatus.Done, 100L), (trial.Id, trial.Status, trial.Updates));
        var records = run.ReadTrial("mine");
        Assert.Equal(training.Layers.OrderBy(row => (row.Update, row.Layer)), records.Layers);
        Assert.Equal(10, TrialSummary.Of(records).TestError);
        Assert.True(RunCheck.FromFolder(run).IsWhole);
    }

    [Fact]
    public void NumbersThatBreakAtSmallSteps_PointToTheProgramsDataAndCost()
    {
        var training = Observed();
        for (var update = 10; update <= 50; update += 10)
            training.Add(new CurvePoint(update, "train", 1 - 0.01 * update, double.NaN));
        training.Observe(60, [new() { Preactivation = [float.NaN, .. Values[1..]] }, new() { Preactivation = [1, -1, 2, 0] }]);
        Assert.Contains("look at the data first, then for log(0)", training.Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void AnActivationThatIsLeftOut_IsComputed()
    {
        var rows = Observed().Layers;
        Assert.Equal(Values.Average(s => Math.Tanh(s)), rows.Single(row => row is { Layer: 1, Quantity: Quantity.Activation }).Mean, 6);
        Assert.Equal(0.5, rows.Single(row => row is { Layer: 2, Quantity: Quantity.Activation }).Mean, 6);
        Assert.DoesNotContain(rows, row => row.Quantity is Quantity.BackpropagatedGradient or Quantity.Weight);
    }

    [Theory, InlineData("softmax", "nll"), InlineData("linear", "mse"), InlineData("sigmoid", "bce")]
    public void EveryOutput_IsMeasuredAsInAStudy(string output, string cost)
    {
        var network = new Network(6, [5, 4], 3, ActivationList.Find("tanh")!, InitializerList.Find("he")!, CostList.Find(cost)!)
        {
            Output = OutputList.Find(output)!,
        };
        Probe[] probes = [new ActivationProbe(), new PreactivationProbe(), new BackpropagatedGradientProbe(), new WeightProbe(), new BiasProbe(),
            new WeightedInputProbe(), new UnitProbe()];
        var (inputs, random, log) = (new float[8 * 6], new RandomKey(3, "x").Stream(1), new MemoryLog());
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        using var engine = Engine.Create(network, 4, new Sgd(0.1f), 1);
        engine.Load(Parameters.Initialize(network, 1));
        var observation = new Observation(network, ObservationNeeds.All);
        engine.Observe(inputs, [0, 1, 2, 0, 1, 2, 0, 1], observation);
        foreach (var probe in probes)
            probe.Measure(observation, log);

        var training = new ObservedTraining("x", [.. observation.Layers.Select(layer => new LayerShape(
            layer.Inputs, layer.Units, layer.IsOutput ? null : network.Activation, layer.IsOutput ? network.Output : null))]);
        training.Observe(0, [.. observation.Layers.Select(layer => new LayerArrays
        {
            Preactivation = layer.Preactivation, Activation = layer.Activation, PreactivationGradient = layer.BackpropagatedGradient,
            Weight = layer.WeightValues, Bias = layer.Biases,
        })]);
        var wanted = log.Layers.OrderBy(row => (row.Layer, row.Quantity)).ToList();
        var found = training.Layers.OrderBy(row => (row.Layer, row.Quantity)).ToList();
        Assert.Equal(wanted.Select(row => (row.Layer, row.Quantity, row.Count, row.Min, row.P50, row.Max, row.Saturated, row.Dead)),
            found.Select(row => (row.Layer, row.Quantity, row.Count, row.Min, row.P50, row.Max, row.Saturated, row.Dead)));
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First.Sd, pair.Second.Sd, 1e-6 * pair.First.Sd));
        Assert.Equal(log.Histograms.Count, training.Histograms.Count);
        using var scratch = new Scratch();
        var setting = training.Save(scratch["run"]).ReadManifest("x").Setting;
        Assert.Equal(output == "softmax" ? null : output, setting.GetValueOrDefault(Studies.SettingField.Output.Key));
    }

    [Fact]
    public void ASecondTraining_JoinsTheFirst_AndNoneReplacesAnother()
    {
        using var scratch = new Scratch();
        Observed().Save(scratch["run"]);
        Observed("other").Save(scratch["run"]);
        Assert.Equal(["mine", "other"], RunContents.Read(RunFolder.Open(scratch["run"])).Select(trial => trial.Id));
        var error = Assert.Throws<RecordException>(() => Observed().Save(scratch["run"]));
        Assert.Contains("there is a trial 'mine' already. Rename what you import", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnImportThatWasStopped_IsWrittenAgain_AlsoIfTheTrainingIsLongerNow()
    {
        using var scratch = new Scratch();
        Observed("other").Save(scratch["run"]);
        var inTheWay = scratch.Write("run/trials/mine/layers", "");
        Assert.Throws<RecordException>(() => Observed().Save(scratch["run"]));
        File.Delete(inTheWay);
        var run = RunFolder.Open(scratch["run"]);
        Assert.Equal(TrialStatus.Running, run.ReadManifest("mine").Status);
        Assert.True(ObservedRun.IsImported(run));
        var training = Observed();
        training.Observe(100, [new() { Preactivation = Values }, new() { Preactivation = [1, -1, 2, 0] }]);
        var records = training.Save(scratch["run"]).ReadTrial("mine");
        Assert.Equal((TrialStatus.Done, 100L, training.Layers.Count), (records.Manifest.Status, records.Manifest.Updates, records.Layers.Count));
        Assert.True(RunCheck.FromFolder(run).IsWhole);
    }

    [Fact]
    public void ANameThatIsTaken_IsFoundBeforeAnythingIsWritten()
    {
        using var scratch = new Scratch();
        Observed("b").Save(scratch["run"]);
        Assert.Throws<RecordException>(() => ObservedRun.Write(scratch["run"], Observed("a"), Observed("b")));
        Assert.Equal(["b"], RunFolder.Open(scratch["run"]).Trials);
    }

    [Fact]
    public void FoldersOfOtherThings_StayAsTheyAre()
    {
        using var scratch = new Scratch();
        scratch.Write("files/letter.txt", "Dear Sir");
        RunFolder.Create(scratch["study"], "study: trained\n");
        Assert.Contains("found one that holds other files", Assert.Throws<RecordException>(() => Observed().Save(scratch["files"])).Message,
            StringComparison.Ordinal);
        Assert.Contains("holds a study that Sonde ran", Assert.Throws<RecordException>(() => Observed().Save(scratch["study"])).Message,
            StringComparison.Ordinal);
        Assert.Contains("found a file", Assert.Throws<RecordException>(() => Observed().Save(scratch["files/letter.txt"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ArraysThatDoNotFit_AreNamed()
    {
        var training = new ObservedTraining("mine", 2, [3, 2], "tanh");
        void Refuses(string part, params LayerArrays[] arrays) =>
            Assert.Contains(part, Assert.Throws<ArgumentException>(() => training.Observe(0, arrays)).Message, StringComparison.Ordinal);
        Refuses("Expected the arrays of 2 layers, got 1.", new LayerArrays());
        Refuses("The arrays of layer 2 are null. Pass new LayerArrays() for a layer of which nothing is known.", new(), null!);
        Assert.Contains("The split is 'holdout'; expected train, validation or test.",
            Assert.Throws<ArgumentException>(() => training.Add(new CurvePoint(0, "holdout", 1, 5))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => training.Add(new CurvePoint(-1, "test", 1, 5)));
        Refuses("The preactivation of layer 1 has 4 values; expected a whole number of rows of 3 units.",
            new LayerArrays { Preactivation = new float[4] }, new());
        Refuses("The activation of layer 1 has 6 values; expected 1 rows of 3 units.",
            new LayerArrays { Preactivation = new float[3], Activation = new float[6] }, new());
        Refuses("The weight of layer 2 has 5 values; expected 3 inputs x 2 units.", new LayerArrays(), new() { Weight = new float[5] });
        Refuses("The bias of layer 2 has 3 values; expected one for each of 2 units.", new LayerArrays(), new() { Bias = new float[3] });
    }

    // They were counted into the shares of classes.
    [Fact]
    public void MoreLabelsThanRows_AreRefused()
    {
        var training = new ObservedTraining("mine", 2, [3, 2], "tanh");
        void Refuses(string message, int[] labels, LayerArrays output, float[]? inputs = null) => Assert.StartsWith(message,
            Assert.Throws<ArgumentException>(() => training.Observe(5, [new(), output], inputs, labels)).Message, StringComparison.Ordinal);
        Refuses("Got 3 labels for 2 rows. Pass one label for each example.", [0, 1, 1], new() { Preactivation = [1, -1, 2, 0] });
        Refuses("Got 2 labels for 1 row. Pass one label for each example.", [0, 1], new(), [1, 2]);
        Assert.Empty(training.Layers);
        training.Observe(5, [new(), new() { Preactivation = [1, -1, 2, 0] }], [1, 2], [1]);
        Assert.NotEmpty(training.Layers);
    }

    [Fact]
    public void NetworksThatCannotBe_AreRefused()
    {
        Assert.Contains("Sonde knows no activation 'wiggle'; it knows sigmoid, tanh",
            Assert.Throws<ArgumentException>(() => new ObservedTraining("x", 2, [3, 2], "wiggle")).Message, StringComparison.Ordinal);
        Assert.Contains("2 or more classes, got 3, 1", Assert.Throws<ArgumentException>(() => new ObservedTraining("x", 2, [3, 1], "tanh")).Message,
            StringComparison.Ordinal);
        Assert.Equal(1, new ObservedTraining("x", 2, [3, 1], "ReLU", isClassifier: false).Shapes[^1].Units);
    }

    [Fact]
    public void TrainingsOfOneName_AreToldApartByTheirFolders()
    {
        Assert.Equal(["exp1-recording", "exp2-recording", "history"], TrainingImport.NamesOf(["/a/exp1/recording", "/a/exp2/recording/", "/a/history"]));
        Assert.Equal("/a/exp1/x and /b/exp1/x would both be the trial 'exp1-x'. Rename one, or import each into a folder of its own.",
            Assert.Throws<InteropException>(() => TrainingImport.NamesOf(["/a/exp1/x", "/b/exp1/x"])).Message);
    }

    // Letters of other scripts became hyphens, so 网络一 and 网络二 were one trial.
    [Theory]
    [InlineData("网络一", "网络一"), InlineData("Größe", "Größe"), InlineData("Gro\u0308ße", "Gro\u0308ße"), InlineData("हिन्दी", "हिन्दी"), InlineData("𠮷", "𠮷")]
    [InlineData("a b/c", "a-b-c"), InlineData("..x", "x"), InlineData("🙂!", "--"), InlineData("", "training")]
    public void NamesOfAnyScript_StayInTheId(string name, string id) => Assert.Equal(id, ObservedRun.IdOf(name));

    [Fact]
    public void LongNames_AreCutBetweenLettersAndStayDistinct()
    {
        string[] ids = [.. new[] { "一", "二" }.Select(end => ObservedRun.IdOf(new string('网', 80) + end))];
        Assert.All(ids, id => Assert.Matches("^网{37}-[0-9a-f]{8}$", id));
        Assert.NotEqual(ids[0], ids[1]);
    }

    [Fact]
    public void CurvesAlone_AreARunFolderToo()
    {
        using var scratch = new Scratch();
        var run = TrainingImport.Read(scratch.Write("fit.csv", "step,test_error\n0,50\n9,5\n")).Training.Save(scratch["run"]);
        var records = run.ReadTrial("fit");
        Assert.Equal(5, TrialSummary.Of(records).TestError);
        Assert.EndsWith("Only curves are recorded and no layer, so nothing is said of activations and gradients.", TrialFacts.VerdictOf(records).Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_NothingIsAdded()
    {
        var training = new ObservedTraining("mine", 2, [3, 2], "tanh");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => training.Observe(0, [new(), new()], cancellation: stop.Token));
        Assert.Empty(training.Layers);
    }

    private static ObservedTraining Observed(string name = "mine")
    {
        var training = new ObservedTraining(name, 2, [3, 2], "tanh");
        training.Observe(0, [new() { Preactivation = Values }, new() { Preactivation = [1, -1, 2, 0] }], inputs: [1, 2, 3, 4], labels: [0, 1]);
        return training;
    }
}
