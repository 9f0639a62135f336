using System.Text.Json;
using Sonde.Analysis.Trials;
using Sonde.Interop.Importing;
using Sonde.Interop.Tensors;
using Sonde.Interop.Tests.Tensors;
using Sonde.Probes;

namespace Sonde.Interop.Tests.Recordings;

public sealed class RecordingImportTests
{
    [Fact]
    public void ARecordingOfPyTorch_HasTheStatisticsThatNumpyComputes()
    {
        var (training, kind, skipped) = TrainingImport.Read(Path.Combine(AppContext.BaseDirectory, "Golden", "pytorch"));
        Assert.Equal("a recording", kind);
        Assert.Empty(skipped);
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "expected.json")));
        Assert.Equal(36, expected.RootElement.GetArrayLength());
        foreach (var wanted in expected.RootElement.EnumerateArray())
        {
            double Value(string name) => wanted.GetProperty(name).GetDouble();
            var row = Assert.Single(training.Layers, row => row.Update == (long)Value("update") && row.Layer == (int)Value("layer")
                && row.Quantity == wanted.GetProperty("quantity").GetString());
            foreach (var (name, value) in new[]
                     {
                         ("mean", row.Mean), ("sd", row.Sd), ("min", row.Min), ("max", row.Max), ("p2", row.P2), ("p50", row.P50), ("p98", row.P98),
                     })
                AssertNear(Value(name), value, Value("sd"), $"{row.Quantity} of layer {row.Layer} at {row.Update}, {name}");
        }
    }

    [Fact]
    public void WhatTheNumbersShow_IsFoundOut()
    {
        var training = TrainingImport.Read(Path.Combine(AppContext.BaseDirectory, "Golden", "pytorch")).Training;
        Assert.Equal(["relu", "tanh", null], training.Shapes.Select(shape => shape.Activation?.Name));
        Assert.Equal([false, false, true], training.Shapes.Select(shape => shape.IsSoftmax));
        Assert.Equal("nll", training.Facts.Cost?.Name);
        Assert.Equal((16, 25L, "SGD", 0.25), (training.Facts.Batch, training.Facts.Updates, training.Facts.Optimizer, training.Facts.LearningRate));
        Assert.Equal(4, training.Curve.Count(point => point.Split == "train"));
        Assert.Equal([60, 37, 34], training.Curve.Where(point => point.Split == "test").Select(point => Math.Round(point.Error)));
        Assert.Empty(training.Notes);
        Assert.StartsWith("It learns: the test error fell from 60.0 % to 34.0 %", training.Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void LayersOfDifferentActivations_AreSaidInTheSetting()
    {
        using var scratch = new Scratch();
        var training = TrainingImport.Read(Path.Combine(AppContext.BaseDirectory, "Golden", "pytorch")).Training;
        var manifest = training.Save(scratch["run"]).ReadTrial("pytorch").Manifest;
        Assert.Equal(["8 relu, 5 tanh", "nll", "sgd", "0.25", "16", "25", "10"], manifest.Setting.Values);
        Assert.Equal(("relu, tanh", 2), (TrialFacts.Of(manifest).Activation, TrialFacts.Of(manifest).Depth));
    }

    [Fact]
    public void AMissingObservation_IsNamed_AndTheOthersAreThere()
    {
        using var scratch = new Scratch();
        File.Delete(Path.Combine(scratch.Copy("Golden/pytorch", "r"), "observation-10.safetensors"));
        var (training, _, skipped) = TrainingImport.Read(scratch["r"]);
        Assert.Empty(skipped);
        Assert.Equal([0L, 20], training.Layers.Select(row => row.Update).Distinct());
        Assert.Equal(["The observation at update 10 could not be read. Copy observation-10.safetensors into the recording to have it."], training.Notes);
    }

    [Fact]
    public void ACutObservation_LosesOnlyTheTensorsThatAreCut()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Copy("Golden/pytorch", "r"), "observation-20.safetensors");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        var (training, _, skipped) = TrainingImport.Read(scratch["r"]);
        Assert.Contains(training.Layers, row => row is { Update: 20, Layer: 3, Quantity: Quantity.Preactivation });
        Assert.DoesNotContain(training.Layers, row => row is { Update: 20, Layer: 3, Quantity: Quantity.Update });
        Assert.Contains(skipped, sentence => sentence.StartsWith("observation-20.safetensors: tensor 'layer.3.weight.update' should end at byte",
            StringComparison.Ordinal));
        Assert.Equal("3 things were left out of the import.", training.Notes[^1]);
    }

    [Fact]
    public void AHalfWrittenFile_IsLeftOutAndNamed()
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(Path.Combine(scratch.Copy("Golden/pytorch", "r"), "observation-10.safetensors"), [9, 0, 0]);
        File.WriteAllText(Path.Combine(scratch["r"], "observation-30.safetensors.tmp"), "half");
        var (training, _, skipped) = TrainingImport.Read(scratch["r"]);
        Assert.StartsWith("observation-10.safetensors is left out: ", Assert.Single(skipped), StringComparison.Ordinal);
        Assert.Equal(2, training.Layers.Select(row => row.Update).Distinct().Count());
    }

    [Fact]
    public void ARenamedLayer_IsLeftOutAndNamed()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"in","units":2,"inputs":2,"activation":"Tanh"},{"name":"out","units":2,"inputs":2}""",
            (0, Observation(new SafetensorsBytes().Say("layer.1", "in").Say("layer.2", "head"), 2)));
        var (training, _, skipped) = TrainingImport.Read(scratch["r"]);
        Assert.Equal("observation-0.safetensors: layer 2 is called 'head' there and 'out' in recording.json, so it is left out. If it is the same "
            + "layer, write 'head' in recording.json and import again.", Assert.Single(skipped));
        Assert.Equal([1], training.Layers.Select(row => row.Layer).Distinct());
    }

    [Theory]
    [InlineData("""{"name":"in","units":3,"inputs":2,"activation":"Tanh"},{"name":"out","units":2,"inputs":3}""")]
    [InlineData("""{"name":"in","activation":"Tanh"},{"name":"out"}""")]
    public void ATransposedTensor_IsCalledThat(string layers)
    {
        using var scratch = new Scratch();
        Recording(scratch, layers, (0, new SafetensorsBytes().Add("layer.1.preactivation", [4, 3], new float[12]).Add("layer.1.weight", [2, 3], new float[6])
            .Add("layer.1.weight.update", [3, 2], new float[6]).Add("layer.2.preactivation", [4, 2], new float[8])));
        var skipped = TrainingImport.Read(scratch["r"]).Skipped;
        Assert.Equal("observation-0.safetensors: tensor 'layer.1.weight' is 2x3, expected 3x2, so it is left out. It looks transposed: write x.T in place of "
            + "x, and record again.", Assert.Single(skipped));
    }

    [Fact]
    public void TransposedPreactivations_AreCalledThat()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"in","units":3,"inputs":2,"activation":"Tanh"},{"name":"out","units":2,"inputs":3}""",
            (0, new SafetensorsBytes().Add("layer.1.preactivation", [3, 4], new float[12]).Add("layer.1.activation", [4, 3], new float[12])
            .Add("layer.2.preactivation", [4, 2], new float[8])));
        Assert.Equal("observation-0.safetensors: tensor 'layer.1.preactivation' is 3x4, expected 4x3, so it is left out. It looks transposed: write x.T in "
            + "place of x, and record again.", Assert.Single(TrainingImport.Read(scratch["r"]).Skipped));
    }

    [Fact]
    public void ATensorOfAnotherShape_IsLeftOutAndNamed()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"in","units":3,"inputs":2,"activation":"Tanh"},{"name":"out","units":2,"inputs":2}""",
            (0, Observation(new SafetensorsBytes(), 2)));
        var (training, _, skipped) = TrainingImport.Read(scratch["r"]);
        Assert.Contains("observation-0.safetensors: tensor 'layer.1.weight' is 2x2, expected 3x2, so it is left out. "
            + "Correct inputs and units in recording.json, or record again.", skipped);
        Assert.Equal([2], training.Layers.Select(row => row.Layer).Distinct());
        Assert.Contains(training.Notes, note => note.StartsWith("The recording has no activations in the hidden layers", StringComparison.Ordinal));
    }

    [Fact]
    public void TensorsOfNoLayer_AreLeftOutAndNamedOnce()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"in","units":2,"inputs":2,"activation":"Tanh"},{"name":"out","units":2,"inputs":2}""",
            (0, Observation(new SafetensorsBytes().Add("layer.9.weight", [1], 1).Add("layer.9.bias", [1], 1).Add("layer.1.wieght", [1], 1)
                .Add("x", [1], 1), 2)));
        Assert.Equal(
        [
            "observation-0.safetensors: the tensors of layer 9 are left out, because recording.json lists 2 layers. Add the layer there and import again.",
            "observation-0.safetensors: 'layer.1.wieght' is no quantity that Sonde knows, and left out. docs/recordings.md lists the names.",
            "observation-0.safetensors: 'x' is no quantity that Sonde knows, and left out. docs/recordings.md lists the names.",
        ], TrainingImport.Read(scratch["r"]).Skipped);
    }

    [Fact]
    public void NaN_IsCountedAndEndsTheTrialAsDiverged()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"in","units":2,"inputs":2,"activation":"Tanh"},{"name":"out","units":2,"inputs":2}""",
            (0, Observation(new(), 2)), (5, Observation(new(), 2, float.NaN)));
        var training = TrainingImport.Read(scratch["r"]).Training;
        Assert.Equal(4, training.Layers.Single(row => row is { Update: 5, Layer: 1, Quantity: Quantity.Preactivation }).NonFinite);
        var trial = training.Save(scratch["run"]).ReadTrial("r").Manifest;
        Assert.Equal("diverged", trial.Status);
        Assert.Equal("activations of layer 1 are not finite at update 5", trial.Message);
    }

    [Theory, InlineData("half"), InlineData("brain")]
    public void SixteenBitNumbers_GiveNearlyTheSameStatistics(string type)
    {
        using var scratch = new Scratch();
        float[] values = [0.5f, -1.25f, 2, 0.125f];
        float[] z = Array.ConvertAll(values, MathF.Tanh);
        var bytes = new SafetensorsBytes();
        bytes = type == "half" ? bytes.AddHalf("layer.1.preactivation", [2, 2], values).AddHalf("layer.1.activation", [2, 2], z)
            : bytes.AddBrain("layer.1.preactivation", [2, 2], values).AddBrain("layer.1.activation", [2, 2], z);
        Recording(scratch, """{"name":"in","units":2,"inputs":2},{"name":"out","units":2,"inputs":2}""", (0, bytes));
        var training = TrainingImport.Read(scratch["r"]).Training;
        Assert.Equal("tanh", training.Shapes[0].Activation?.Name);
        Assert.Equal(values.Average(), training.Layers.Single(row => row.Quantity == Quantity.Preactivation).Mean, 6);
    }

    [Fact]
    public void WithoutRecordingJson_TheTensorsDescribeTheNetwork()
    {
        using var scratch = new Scratch();
        File.Delete(Path.Combine(scratch.Copy("Golden/pytorch", "r"), "recording.json"));
        var (training, _, skipped) = TrainingImport.Read(scratch["r"]);
        Assert.StartsWith("there is no recording.json: layers and sizes are taken from observation-0.safetensors", Assert.Single(skipped),
            StringComparison.Ordinal);
        Assert.Equal(["relu", "tanh", null], training.Shapes.Select(shape => shape.Activation?.Name));
        Assert.True(training.Shapes[^1].IsSoftmax);
        Assert.Equal([(6, 8), (8, 5), (5, 3)], training.Shapes.Select(shape => (shape.Inputs, shape.Units)));
    }

    [Theory]
    [InlineData("""{"layers": 3}""", "recording.json has no list of 'layers', and no observation can be read.")]
    [InlineData("{\n\"layers\": [", "recording.json is not whole JSON: line 2 is wrong or cut, and no observation can be read.")]
    [InlineData("""{"layers": [], "loss": "mean"}""", "recording.json lists no layers.")]
    [InlineData("""{"layers": [{"name": "a"}], "loss": "median"}""", "'loss' is 'median'; expected mean or sum")]
    public void ARecordingWithNothingInIt_IsRefused(string json, string part)
    {
        using var scratch = new Scratch();
        scratch.Write("r/recording.json", json);
        Assert.Contains(part, Assert.Throws<InteropException>(() => TrainingImport.Read(scratch["r"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADescriptionWithAMarkAndWrongNumbers_IsReadAndTheseAreNamed()
    {
        using var scratch = new Scratch();
        Recording(scratch, "", (0, Observation(new(), 2)));
        scratch.Write("r/recording.json", "\uFEFF{\"loss\": \"Sum\", \"every\": -5, \"learningRate\": \"0.1\", \"batch\": null, \"layers\": [{}, {}]}");
        var (training, _, skipped) = TrainingImport.Read(scratch["r"]);
        Assert.Equal("recording.json: every, learningRate are left out; expected a positive number.", Assert.Single(skipped));
        Assert.Equal(2, training.Shapes.Count);
    }

    [Fact]
    public void HalfWrittenFilesAlone_AreCalledThat()
    {
        using var scratch = new Scratch();
        scratch.Write("r/observation-0.safetensors.tmp", "half");
        Assert.Contains("found a folder with half-written files alone (.tmp)",
            Assert.Throws<InteropException>(() => TrainingImport.Read(scratch["r"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALayerWithoutUnitsOrTensors_IsNamed()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"in"},{"name":"out"},{"name":"lost"}""", (7, Observation(new(), 2)));
        Assert.Contains("recording.json lists layer 'lost' without its units, and observation 7 has no tensors of it. State its units there, or remove the "
            + "layer.", Assert.Throws<InteropException>(() => TrainingImport.Read(scratch["r"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneOutputAndConvolutions_AreMeasuredAsLayersOfUnits()
    {
        using var scratch = new Scratch();
        float[] s = [1, -1, 2, -2, 3, -3, 4, -4];
        Recording(scratch,
            """{"name":"conv","kind":"Conv2d","units":2,"inputs":9,"activation":"ReLU","between":["BatchNorm2d"]},{"name":"out","units":1,"inputs":4}""",
            (0, new SafetensorsBytes().Add("layer.1.preactivation", [4, 2], s).Add("layer.1.activation", [4, 2], Array.ConvertAll(s, v => MathF.Max(v, 0)))
                .Add("layer.2.preactivation", [2, 1], 0.5f, 1.5f).Add("layer.2.preactivation.gradient", [2, 1], 0.25f, 0.75f).Say("rows", "2")));
        var training = TrainingImport.Read(scratch["r"]).Training;
        Assert.Equal(8, training.Layers.Single(row => row is { Layer: 1, Quantity: Quantity.Preactivation }).Count);
        // The loss averages over two rows.
        Assert.Equal(1, training.Layers.Single(row => row is { Layer: 2, Quantity: Quantity.BackpropagatedGradient }).Mean);
        Assert.Equal(1, training.Layers.Single(row => row is { Layer: 2, Quantity: Quantity.Activation }).Mean);
        Assert.Contains(training.Notes, note => note.StartsWith("1 of 2 layers are convolutions", StringComparison.Ordinal));
        Assert.Contains(training.Notes, note => note.StartsWith("BatchNorm2d is between", StringComparison.Ordinal));
        var saved = training.Save(scratch["run"]).ReadTrial("r");
        Assert.Equal(training.Layers.Count, saved.Layers.Count);
    }

    [Fact]
    public void ALossThatIsASum_IsNotScaled()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"out","units":1,"inputs":4}],"loss":"sum","x":[0""",
            (0, new SafetensorsBytes().Add("layer.1.preactivation.gradient", [2, 1], 0.25f, 0.75f)));
        Assert.Equal(0.5, TrainingImport.Read(scratch["r"]).Training.Layers.Single(row => row.Quantity == Quantity.BackpropagatedGradient).Mean);
    }

    [Fact]
    public void AnUnknownActivation_IsNotJudged()
    {
        using var scratch = new Scratch();
        Recording(scratch, """{"name":"in","units":2,"inputs":2,"activation":"Tanhshrink"},{"name":"out","units":2,"inputs":2}""",
            (0, Observation(new(), 2)));
        var training = TrainingImport.Read(scratch["r"]).Training;
        Assert.Contains("Sonde does not know the activation Tanhshrink of layer 1, so its saturation is not judged.", training.Notes);
        Assert.Null(training.Layers.Single(row => row is { Layer: 1, Quantity: Quantity.Activation }).Saturated);
    }

    internal static void AssertNear(double expected, double actual, double sd, string what) => Assert.True(
        Math.Abs(expected - actual) <= Relative * Math.Max(Math.Abs(expected), sd), $"{what}: expected {expected}, got {actual}");

    // Sums of 32-bit numbers in another order differ in the last bits; this is the bound that the recording promises.
    private const double Relative = 1e-5;

    private static SafetensorsBytes Observation(SafetensorsBytes bytes, int layers, float factor = 1)
    {
        for (var layer = 1; layer <= layers; layer++)
            bytes.Add($"layer.{layer}.preactivation", [2, 2], 0.5f * factor, -0.25f * factor, 1 * factor, 0.1f * factor)
                .Add($"layer.{layer}.activation", [2, 2], 0.4f * factor, -0.2f * factor, 0.8f * factor, 0.1f * factor)
                .Add($"layer.{layer}.weight", [2, 2], 1, 2, 3, 4);
        return bytes;
    }

    internal static void Recording(Scratch scratch, string layers, params (long Update, SafetensorsBytes Content)[] observations)
    {
        scratch.Write("r/recording.json", $$"""{"format":"sonde-recording-1","layers":[{{layers}}]}""");
        foreach (var (update, content) in observations)
            File.WriteAllBytes(scratch[$"r/observation-{update}.safetensors"], content.ToArray());
    }
}
