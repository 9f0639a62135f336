using Sonde.Analysis.Trials;
using Sonde.Interop.Importing;
using Sonde.Interop.Tests.Tensors;
using Sonde.Interop.Watching;
using Sonde.Probes;
using static Sonde.Interop.Tests.Recordings.RecordingImportTests;

namespace Sonde.Interop.Tests.Recordings;

/// <summary>What the diagnosis has to know of a recording: data that is not finite, the cost, and the shares of classes.</summary>
public sealed class RecordedFaultsTests
{
    private const string Layer = """{"name":"out","units":3,"inputs":3,"activation":"Sigmoid"}""";
    private static readonly float[] S = [0.5f, -1, 2, 0.25f, -0.75f, 1.5f, -2, 0.1f, 0.9f], T = [0.9f, 0.1f, 0.5f, 0.3f, 0.7f, 0.2f, 0.4f, 0.6f, 0.8f];

    [Fact]
    public void ANaNAmongTheInputs_IsNamedWithItsPlace_BeforeTheRate()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"out","units":2,"inputs":2}""", (0, Observed(1, 2, 3, 4)), (5, Observed(1, 2, float.NaN, 4)));
        var records = TrainingImport.Read(scratch["r"]).Training.Save(scratch["run"]).ReadTrial("r");
        Assert.Equal(("diverged", "the input in row 1, column 0 of the batch at update 5 is NaN, counted from 0; correct it, or leave the example out"),
            (records.Manifest.Status, records.Manifest.Message));
        var verdict = TrialFacts.VerdictOf(records);
        Assert.Equal("data-non-finite", verdict.Findings[0].Name);
        Assert.DoesNotContain(verdict.Findings, finding => finding.Name == "rate-high");

        static SafetensorsBytes Observed(params float[] inputs)
        {
            float[] s = [.. inputs.Select(x => float.IsNaN(inputs.Sum()) ? float.NaN : x)];
            return new SafetensorsBytes().Add("input", [2, 2], inputs).Add("layer.1.preactivation", [2, 2], s).Add("layer.1.weight", [2, 2], s);
        }
    }

    [Fact]
    public void ANaNAmongTheTargets_CountsOnlyIfSomethingBreaks()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"out","units":1,"inputs":1}""", (0, Observed(1)), (5, Observed(2)));
        Assert.Equal("done", TrainingImport.Read(scratch["r"]).Training.Save(scratch["masked"]).ReadTrial("r").Manifest.Status);
        Recording(scratch, """{"name":"out","units":1,"inputs":1}""", (5, Observed(float.NaN)));
        Assert.StartsWith("the target in row 1, column 0 of the batch at update 0 is NaN",
            TrainingImport.Read(scratch["r"]).Training.Save(scratch["broken"]).ReadTrial("r").Manifest.Message!, StringComparison.Ordinal);

        static SafetensorsBytes Observed(float weight) => new SafetensorsBytes().Add("target", [2, 1], 0.5f, float.NaN)
            .Add("layer.1.preactivation", [2, 1], 1, 2).Add("layer.1.weight", [1, 1], weight);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void AnAutoencodersCost_IsKnownByItsGradients(bool areTargetsRecorded)
    {
        using var scratch = new Scratch();
        var training = Import(scratch, areTargetsRecorded, 1);
        Assert.Equal(("mse", "sigmoid", true), (training.Facts.Cost?.Name, training.Shapes[^1].Output?.Name, training.Facts.HasNumbers));
        Assert.Single(training.Layers, row => row.Quantity == Quantity.Target);
        var verdict = TrialFacts.VerdictOf(training.Save(scratch["run"]).ReadTrial("r"));
        Assert.DoesNotContain(verdict.NotChecked, finding => finding.Name is "cost-wrong" or "output-activation-wrong");
        Assert.DoesNotContain(training.Notes, note => note.StartsWith("The cost is", StringComparison.Ordinal));
    }

    [Fact]
    public void ACostOfAnotherScale_IsKnown_AndItsFactorSaid()
    {
        using var scratch = new Scratch();
        var training = Import(scratch, true, 7);
        Assert.Equal("mse", training.Facts.Cost?.Name);
        Assert.Contains("By its gradients at update 0, the program's loss is 7 times the cost mse.", training.Notes);
        // A sum over the three outputs is a cost of its own.
        Assert.Equal("quadratic", Import(scratch, true, 3).Facts.Cost?.Name);
    }

    [Fact]
    public void GradientsOfNoListedCost_LeaveItOpen_AndSayWhatIsNotJudged()
    {
        using var scratch = new Scratch();
        var training = Import(scratch, true, 1, value => value * value * value);
        Assert.Null(training.Facts.Cost);
        Assert.Contains("The cost is not known: the gradients of the output layer are those of none that Sonde knows. So whether cost and output fit the "
            + "targets is not judged. State it in recording.json, as in \"cost\": \"mse\".", training.Notes);
    }

    [Theory, InlineData("MSELoss", "mse"), InlineData("BinaryCrossEntropyWithLogitsBackward0", "bce-logits"), InlineData("huber", null)]
    public void AStatedCost_IsTakenIfGradientsDoNotShowIt(string stated, string? known)
    {
        using var scratch = new Scratch();
        Recording(scratch, $$"""{"name":"out","units":1,"inputs":1}],"cost":"{{stated}}","x":[0""",
            (0, new SafetensorsBytes().Add("target", [2, 1], 0.5f, 2).Add("layer.1.preactivation", [2, 1], 1, 2)));
        var (training, _, skipped) = TrainingImport.Read(scratch["r"]);
        Assert.Equal(known, training.Facts.Cost?.Name);
        Assert.Equal(known is null, skipped.Any(sentence => sentence.StartsWith("recording.json: Sonde knows no cost 'huber'", StringComparison.Ordinal)));
    }

    [Fact]
    public void ASoftmaxBelowACrossEntropyOfLogits_IsCalledTwice()
    {
        using var scratch = new Scratch();
        float[] s = [0.5f, -1, 2, 0.25f, -0.75f, 1.5f, -2, 0.1f, 0.9f], z = OutputKind.Softmax(s, 3), again = OutputKind.Softmax(z, 3);
        int[] labels = [2, 0, 1];
        var gradient = new float[9];
        for (var row = 0; row < 3; row++)
        {
            float OfZ(int k) => again[row * 3 + k] - (k == labels[row] ? 1 : 0);
            var mean = Enumerable.Range(0, 3).Sum(k => z[row * 3 + k] * OfZ(k));
            for (var k = 0; k < 3; k++)
                gradient[row * 3 + k] = z[row * 3 + k] * (OfZ(k) - mean);
        }
        Recording(scratch, """{"name":"out","units":3,"inputs":3,"activation":"Softmax"}],"loss":"sum","x":[0""", (0, new SafetensorsBytes()
            .AddLabels("target", 2, 0, 1).Add("layer.1.preactivation", [3, 3], s).Add("layer.1.activation", [3, 3], z)
            .Add("layer.1.preactivation.gradient", [3, 3], gradient).Add("layer.1.bias", [3], 0, 0, 0).Add("input", [3, 3], s)));
        var verdict = TrialFacts.VerdictOf(TrainingImport.Read(scratch["r"]).Training.Save(scratch["run"]).ReadTrial("r"));
        Assert.StartsWith("The cost cross-entropy-logits applies its own non-linearity to an output that is softmax already.",
            verdict.Findings.Single(finding => finding.Name == "output-activation-wrong").Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void SharesOfClasses_AreThoseOfAllObservedBatches()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"out","units":2,"inputs":1}""", (0, Labelled(57, 3)));
        Assert.DoesNotContain(TrainingImport.Read(scratch["r"]).Training.Layers, row => row.Quantity == Quantity.TrainClassShare);
        Recording(scratch, """{"name":"out","units":2,"inputs":1}""", (0, Labelled(57, 3)), (5, Labelled(59, 1)));
        var training = TrainingImport.Read(scratch["r"]).Training;
        var shares = Assert.Single(training.Layers, row => row.Quantity == Quantity.TrainClassShare);
        Assert.Equal(2, shares.Count);
        Assert.Equal(116 / 120.0, shares.Max, 5);
        var verdict = TrialFacts.VerdictOf(training.Save(scratch["run"]).ReadTrial("r"));
        Assert.Contains(verdict.Findings, finding => finding is { Name: "labels-imbalanced", IsSaid: true });
        Assert.DoesNotContain(verdict.NotChecked, finding => finding.Name is "labels-imbalanced" or "labels-constant" or "capacity-small");

        static SafetensorsBytes Labelled(int zeros, int ones) => new SafetensorsBytes()
            .AddLabels("target", [.. Enumerable.Repeat(0L, zeros), .. Enumerable.Repeat(1L, ones)])
            .Add("layer.1.preactivation", [zeros + ones, 2], [.. Enumerable.Range(0, 2 * (zeros + ones)).Select(k => k % 2 == 0 ? 1f : 0)]);
    }

    [Fact]
    public void AnswersOfOneOutput_AreTwoClasses()
    {
        using var scratch = new Scratch();
        var answers = new SafetensorsBytes().Add("target", [60, 1], [.. Enumerable.Range(0, 60).Select(k => k < 3 ? 1f : 0)])
            .Add("layer.1.preactivation", [60, 1], [.. Enumerable.Repeat(-1f, 60)]);
        Recording(scratch, """{"name":"out","units":1,"inputs":1}],"cost":"BCEWithLogitsLoss","x":[0""", (0, answers), (5, answers));
        Assert.Equal(0.95, Assert.Single(TrainingImport.Read(scratch["r"]).Training.Layers, row => row.Quantity == Quantity.TrainClassShare).Max, 5);
    }

    [Theory]
    [InlineData("values", 0.25f, 0.5f, 1f, 0f, 0.75f, 1f), InlineData("labels", 1f, 1f, 0f, 0f, 0f, 1f), InlineData(null, 1f, 0f, 0f, 0f, 0f, 1f)]
    public void UnderABinaryCrossEntropy_TargetsAreSharesOrAnswersOrClasses(string? task, params float[] targets)
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"out","units":3,"inputs":1}],"cost":"BCEWithLogitsLoss","x":[0""", (0, new SafetensorsBytes()
            .Add("target", [2, 3], targets).Add("layer.1.preactivation", [2, 3], 1, 2, 3, 4, 5, 6)));
        var setting = TrainingImport.Read(scratch["r"]).Training.Save(scratch["run"]).ReadTrial("r").Manifest.Setting;
        Assert.Equal(task, setting.GetValueOrDefault("data.task"));
    }

    // Gradients of mse behind a sigmoid, for each output: 2 (o - t) o (1 - o) / 3.
    private static ObservedTraining Import(Scratch scratch, bool areTargetsRecorded, float factor, Func<float, float>? change = null)
    {
        float[] o = [.. S.Select(s => 1 / (1 + MathF.Exp(-s)))];
        float[] gradient = [.. o.Zip(T, (output, target) => 2 * (output - target) * output * (1 - output) / 3 * factor).Select(change ?? (value => value))];
        var content = new SafetensorsBytes().Add("input", [3, 3], T).Add("layer.1.preactivation", [3, 3], S).Add("layer.1.activation", [3, 3], o)
            .Add("layer.1.preactivation.gradient", [3, 3], gradient).Add("layer.1.bias", [3], 0, 0, 0);
        Recording(scratch, Layer + """],"loss":"sum","x":[0""", (0, areTargetsRecorded ? content.Add("target", [3, 3], T) : content));
        return TrainingImport.Read(scratch["r"]).Training;
    }
}
