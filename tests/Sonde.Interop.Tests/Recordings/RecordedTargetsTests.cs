using Sonde.Interop.Importing;
using Sonde.Interop.Tests.Tensors;
using Sonde.Probes;
using static Sonde.Interop.Tests.Recordings.RecordingImportTests;

namespace Sonde.Interop.Tests.Recordings;

/// <summary>What recorded targets say: numbers, answers or classes, and how wrong the network is on the observed batch.</summary>
public sealed class RecordedTargetsTests
{
    [Fact]
    public void TargetsThatAreNumbers_GiveATargetRowAndTheErrorOfTheBatch()
    {
        using var scratch = new Scratch();
        static SafetensorsBytes Of(float shift) => new SafetensorsBytes().Add("input", [4, 1], 0, 1, 2, 3).Add("target", [4, 2], 1, 10, 2, 20, 3, 30, 6, 40)
            .Add("layer.1.preactivation", [4, 2], 1, 10 + shift, 2, 20, 3, 30, 6, 40 - shift);
        Recording(scratch, """{"name":"out","units":2,"inputs":1}""", (0, Of(10)), (5, Of(0)));
        scratch.Write("r/curve.csv", "update,split,cost,error,r2,rmse,mae\n0,train,3,,,,\n5,test,2,,0.75,1.5,1\n");
        var training = TrainingImport.Read(scratch["r"]).Training;
        Assert.True(training.Facts.HasNumbers);
        var targets = Assert.Single(training.Layers, row => row.Quantity == Quantity.Target);
        Assert.Equal((0L, 0, 8L, 14, 40), (targets.Update, targets.Layer, targets.Count, targets.Mean, targets.Max));
        // The squared deviations from each column's mean add up to 14 + 500.
        var first = Assert.Single(training.Curve, point => point is { Update: 0, Split: "train" });
        Assert.Equal((3, Math.Round(100 * 200 / 514.0, 9), 5, 2.5), (first.Cost, Math.Round(first.Error, 9), first.Rmse, first.Mae));
        Assert.Equal(0, Assert.Single(training.Curve, point => point is { Update: 5, Split: "train" }).Error);
        Assert.Equal((25, 1.5), (training.Curve.Single(point => point.Split == "test") is var test ? (test.Error, test.Rmse) : default));
        Assert.Equal("values", training.Save(scratch["run"]).ReadTrial("r").Manifest.Setting["data.task"]);
    }

    [Theory]
    [InlineData("answers of yes and no", 1, 0f, 1f, 0f, 1f), InlineData("shares of classes", 2, 0.25f, 0.75f, 1f, 0f)]
    [InlineData("classes whose errors are logged", 2, 3f, 4f, 5f, 6f)]
    public void OtherTargets_AreNoNumbers(string what, int units, params float[] targets)
    {
        using var scratch = new Scratch();
        Recording(scratch, $$"""{"name":"out","units":{{units}},"inputs":1}""", (0, new SafetensorsBytes()
            .Add("input", [4 / units, 1], [.. targets.Take(4 / units)]).Add("target", [4 / units, units], targets)
            .Add("layer.1.preactivation", [4 / units, units], 1, 2, 3, 4)));
        scratch.Write("r/curve.csv", $"update,split,cost,error\n5,test,2,{(what.EndsWith("logged", StringComparison.Ordinal) ? "20" : "")}\n");
        var training = TrainingImport.Read(scratch["r"]).Training;
        Assert.False(training.Facts.HasNumbers, what);
        Assert.DoesNotContain(training.Layers, row => row.Quantity == Quantity.Target);
    }

    [Fact]
    public void NumbersWithoutR2_AreSaidToLackIt()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"out","units":1,"inputs":1}""",
            (0, new SafetensorsBytes().Add("target", [2], 7, 9).Add("layer.1.preactivation", [2, 1], 1, 2)));
        scratch.Write("r/curve.csv", "update,split,cost,error\n5,test,2,\n");
        Assert.Contains("Costs on held-out examples are recorded and no R², so whether the network learns is not judged. Log R² too.",
            TrainingImport.Read(scratch["r"]).Training.Notes);
    }

    [Fact]
    public void ClassesAndAnswers_GiveTheErrorOfTheBatch()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"out","units":3,"inputs":1}""", (0, new SafetensorsBytes().AddLabels("target", 0, 1, 2, 2)
            .Add("layer.1.preactivation", [4, 3], 3, 2, 1, 3, 2, 1, 1, 2, 3, 3, float.NaN, 1)));
        scratch.Write("r/curve.csv", "update,split,cost,error\n0,train,1.5,\n");
        Assert.Equal([50], TrainingImport.Read(scratch["r"]).Training.Curve.Select(point => point.Error));

        // Gradients of sigmoid(s) - y: the cost is bce-logits.
        var high = (float)(1 / (1 + Math.Exp(-2)));
        Recording(scratch, """{"name":"out","units":1,"inputs":1}],"loss":"sum","x":[0""", (0, new SafetensorsBytes().Add("target", [4], 1, 0, 1, 0)
            .Add("layer.1.preactivation", [4, 1], 2, 2, -2, -2).Add("layer.1.preactivation.gradient", [4, 1], high - 1, high, -high, 1 - high)));
        var training = TrainingImport.Read(scratch["r"]).Training;
        Assert.Equal("bce-logits", training.Facts.Cost?.Name);
        Assert.Equal([50], training.Curve.Select(point => point.Error));

        // The same answers, two for each of two examples.
        Recording(scratch, """{"name":"out","units":2,"inputs":1}],"loss":"sum","x":[0""", (0, new SafetensorsBytes().Add("target", [2, 2], 1, 0, 1, 0)
            .Add("layer.1.preactivation", [2, 2], 2, 2, -2, -2)
            .Add("layer.1.preactivation.gradient", [2, 2], (high - 1) / 2, high / 2, -high / 2, (1 - high) / 2)));
        Assert.Equal([50], TrainingImport.Read(scratch["r"]).Training.Curve.Select(point => point.Error));
    }

    // They were counted into the shares of classes and into the targets' statistics.
    [Fact]
    public void MoreTargetsThanRows_AreLeftOutByName()
    {
        using var scratch = new Scratch();
        var labels = Enumerable.Range(0, 120).Select(k => (long)(k % 3)).ToArray();
        Recording(scratch, """{"name":"out","units":3,"inputs":1}""", (5, new SafetensorsBytes().AddLabels("target", labels)
            .Add("layer.1.preactivation", [4, 3], 3, 2, 1, 3, 2, 1, 1, 2, 3, 3, 2, 1)), (6, new SafetensorsBytes().AddLabels("target", labels[..4])
            .Add("layer.1.preactivation", [4, 3], 3, 2, 1, 3, 2, 1, 1, 2, 3, 3, 2, 1)));
        var (training, _, skipped) = TrainingImport.Read(scratch["r"]);
        Assert.Contains("observation-5.safetensors: tensor 'target' is 120, expected at most 4, a label for each row of the output layer, so it is left out. "
            + "Correct inputs and units in recording.json, or record again.", skipped);
        Assert.DoesNotContain(training.Layers, row => row.Quantity == Quantity.TrainClassShare);
        Assert.Equal([6L], training.Curve.Select(point => point.Update));

        Recording(scratch, """{"name":"out","units":1,"inputs":1}""",
            (0, new SafetensorsBytes().Add("target", [3, 1], 7, 9, 8).Add("layer.1.preactivation", [2, 1], 1, 2)));
        (training, _, skipped) = TrainingImport.Read(scratch["r"]);
        Assert.Contains("observation-0.safetensors: tensor 'target' is 3x1, expected at most 2 values, one for each output, so it is left out. "
            + "Correct inputs and units in recording.json, or record again.", skipped);
        Assert.False(training.Facts.HasNumbers);
    }
}
