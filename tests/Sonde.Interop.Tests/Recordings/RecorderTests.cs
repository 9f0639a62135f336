using Sonde.Data;
using Sonde.Engines;
using Sonde.Interop.Importing;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;
using Sonde.Probes;

namespace Sonde.Interop.Tests.Recordings;

/// <summary>python/sonde_recorder.py with a real PyTorch.</summary>
public sealed class RecorderTests
{
    private const int Updates = 21, Batch = 8, Inputs = 12, Outputs = 4;

    [Theory]
    [InlineData("sgd", "classes", "tanh"), InlineData("momentum", "classes", "tanh"), InlineData("adam", "classes", "tanh")]
    [InlineData("sgd", "values", "tanh"), InlineData("adam", "values", "tanh")]
    [InlineData("sgd", "classes", "sigmoid,softsign,relu,leaky-relu,elu,selu,gelu,silu,mish,softplus,hard-tanh,linear")]
    public void ARecordedNetwork_HasTheStatisticsOfTheSameNetworkInSonde(string optimizer, string task, string activations)
    {
        Python.Require();
        using var scratch = new Scratch();
        var (inputs, values) = (new float[Updates * Batch * Inputs], new float[Updates * Batch * Outputs]);
        var random = new RandomKey(7, "examples").Stream(1);
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        foreach (ref var value in values.AsSpan())
            value = (float)random.NextGaussian();
        var areClasses = task == "classes";
        var labels = Enumerable.Range(0, Updates * Batch).Select(k => areClasses ? (int)(random.NextDouble() * Outputs) : k).ToArray();
        var start = Parameters.Initialize(NetworkOf("tanh", areClasses, values), 5);
        Write(scratch["inputs.bin"], inputs);
        Write(scratch["labels.bin"], Array.ConvertAll(labels, label => (float)label));
        Write(scratch["values.bin"], values);
        foreach (var (index, layer) in start.Layers.Index())
            Write(scratch[$"weights{index + 1}.bin"], layer.Weights);
        // One process for all activations: to start PyTorch takes seconds.
        Python.Run("train_as_given.py", scratch.Folder, scratch.Folder, optimizer, task, activations);
        foreach (var activation in activations.Split(','))
        {
            var (recorded, _, skipped) = TrainingImport.Read(scratch[activation]);
            Assert.Empty(skipped);
            Assert.Equal(areClasses ? "nll" : "mse", recorded.Facts.Cost?.Name);
            Assert.Equal(!areClasses, recorded.Facts.HasNumbers);
            Assert.Equal(5, recorded.Curve.Count(point => point.Split == "train" && double.IsFinite(point.Error)));
            var test = Assert.Single(recorded.Curve, point => point.Split == "test");
            Assert.Equal(areClasses ? (40, null, null) : (25, 2.0, 1.0), (test.Error, test.Rmse, test.Mae));

            var log = Train(NetworkOf(activation, areClasses, values), optimizer, start, inputs, labels);
            // A study counts the classes of its examples, and numbers have none; it measures targets apart.
            LayerStatistics[] wanted = areClasses ? [.. log.Layers] : [.. log.Layers.Where(row => row.Quantity != Quantity.ClassShare),
                PooledValues.Statistics(0, InputProbe.Layer, Quantity.Target, values.AsSpan(0, Batch * Outputs))];
            AssertSame(wanted, recorded.Layers, activation);
            foreach (var histogram in log.Histograms)
            {
                var row = recorded.Histograms.Single(row => (row.Update, row.Layer, row.Quantity) == (histogram.Update, histogram.Layer, histogram.Quantity));
                Assert.Equal(histogram.Counts.Sum(), row.Counts.Sum());
            }
        }
    }

    private static MemoryLog Train(Network network, string optimizer, Parameters start, float[] inputs, int[] labels)
    {
        var log = new MemoryLog();
        IReadOnlyList<Probe> probes = ProbeQuantities.Standard.Probes(isLive: false);
        using var engine = optimizer switch
        {
            "sgd" => Engine.Create(network, Batch, new Sgd(0.25f), 1),
            "momentum" => Engine.Create(network, Batch, new Momentum(0.25f, 0.9f), 1),
            _ => Engine.Create(network, Batch, new Adam(0.01f, 0.9f, 0.999f, 1e-8f), 1),
        };
        engine.Load(start);
        for (var update = 0; update < Updates; update++)
        {
            var observation = update % 5 == 0 ? new Observation(network, ProbeSet.NeedsOf(probes)) { Update = update } : null;
            engine.Update(inputs.AsSpan(update * Batch * Inputs, Batch * Inputs), labels.AsSpan(update * Batch, Batch), observation);
            foreach (var probe in observation is null ? [] : probes)
                probe.Measure(observation!, log);
        }
        return log;
    }

    private static Network NetworkOf(string activation, bool isOfClasses, float[] values)
    {
        var (function, normalized) = (ActivationList.Find(activation)!, InitializerList.Find("normalized")!);
        return isOfClasses ? new(Inputs, [40, 9], Outputs, function, normalized, CostList.Find("nll")!)
            : new(Inputs, [40, 9], Outputs, function, normalized, CostList.Find("mse")!)
            {
                Output = OutputList.Find("linear")!, Targets = new(TargetKind.Values, Outputs, values),
            };
    }

    private static void AssertSame(LayerStatistics[] wantedRows, IReadOnlyList<LayerStatistics> rows, string of)
    {
        Assert.Equal(wantedRows.Length, rows.Count);
        foreach (var wanted in wantedRows)
        {
            var row = rows.Single(row => (row.Update, row.Layer, row.Quantity) == (wanted.Update, wanted.Layer, wanted.Quantity));
            // The non-linearity is what a straight line leaves of 1, so its rounding is that of 1.
            var what = $"{row.Quantity} of layer {row.Layer} at {row.Update} with {of}";
            Assert.Equal((wanted.Count, wanted.NonFinite), (row.Count, row.NonFinite));
            foreach (var (expected, actual) in new[]
                     {
                         (wanted.Mean, row.Mean), (wanted.Sd, row.Sd), (wanted.Min, row.Min), (wanted.P2, row.P2), (wanted.P25, row.P25), (wanted.P50, row.P50),
                         (wanted.P75, row.P75), (wanted.P98, row.P98), (wanted.Max, row.Max), (wanted.Saturated ?? 0, row.Saturated ?? 0),
                         (wanted.Dead ?? 0, row.Dead ?? 0),
                     })
                RecordingImportTests.AssertNear(expected, actual, wanted.Quantity == Quantity.Nonlinearity ? 1 : wanted.Sd, what);
        }
    }

    [Fact]
    public void Traps_AreRecordedAndNothingIsChanged()
    {
        Python.Require();
        using var scratch = new Scratch();
        (string Trap, string Activations, int Updates)[] all =
        [
            ("sequential", "relu, leaky-relu, softmax", 12), ("functional", "relu, tanh, tanh, softmax", 12), ("convolutional", "relu, softmax", 12),
            ("evaluating", "relu, leaky-relu, softmax", 12), ("mixed", "relu, leaky-relu, softmax", 12), ("nan", "relu, leaky-relu, softmax", 12),
            ("accumulate", "relu, leaky-relu, softmax", 6), ("early", "relu, leaky-relu, softmax", 12),
            // Its first layer is frozen: no gradient reaches it, and its updates are 0.
            ("frozen", "relu, leaky-relu, softmax", 12),
        ];
        // One process for all of them: to start PyTorch takes seconds.
        var printed = Python.Run("traps.py", [scratch.Folder, .. all.Select(trap => trap.Trap)]);
        foreach (var (trap, activations, updates) in all)
        {
            Assert.Contains($"{trap} {updates}\n", printed, StringComparison.Ordinal);
            var (training, _, skipped) = TrainingImport.Read(scratch[trap]);
            Assert.True(skipped.Count == 0, $"{trap}: {string.Join(' ', skipped)}");
            Assert.Equal(activations, string.Join(", ", training.Shapes.Select(shape => shape.IsSoftmax ? "softmax" : shape.Activation?.Name ?? "?")));
            Assert.Equal(Enumerable.Range(0, updates / 2).Select(k => 2L * k), training.Layers.Select(row => row.Update).Distinct());
            Assert.Equal(trap == "nan", training.Layers.Any(row => row.NonFinite > 0));
            // A layer that is used twice has its weights once in each place, and one change of them.
            Assert.Equal(Enumerable.Range(1, training.Shapes.Count),
                training.Layers.Where(row => row.Quantity == Quantity.UpdateToWeightRatio).Select(row => row.Layer).Distinct().Order());
            Assert.Contains(training.Curve, point => point.Split == "train" && double.IsFinite(point.Error));
            Assert.Contains(training.Curve, point => point is { Split: "test", Cost: double.NaN, Error: 12.5 });
            Assert.True(trap == "nan" || training.BrokenCost is null, trap);
            Assert.Equal(trap == "nan" ? "input" : null, training.BrokenData?.Quantity);
            // PyTorch's name of the last operation; half of a loss is another one.
            Assert.Equal(trap != "accumulate", File.ReadAllText(scratch[$"{trap}/recording.json"]).Contains("\"cost\": \"NllLossBackward0\"",
                StringComparison.Ordinal));
            training.Save(scratch["run"]);
        }
    }

    [Theory, InlineData("keras", "tanh, tanh, softmax"), InlineData("recording", "tanh, tanh, softmax")]
    public void RecipesOfOtherFrameworks_WriteWholeRecordings(string recording, string activations)
    {
        Python.Require();
        using var scratch = new Scratch();
        Python.Run("recipes.py", Path.Combine(AppContext.BaseDirectory, "python", "recordings.md"), scratch.Folder);
        var (training, _, skipped) = TrainingImport.Read(scratch[recording]);
        Assert.Empty(skipped);
        Assert.Equal(activations, string.Join(", ", training.Shapes.Select(shape => shape.IsSoftmax ? "softmax" : shape.Activation?.Name ?? "?")));
        Assert.Equal(recording == "keras" ? [0L, 2] : [0L], training.Layers.Select(row => row.Update).Distinct());
        foreach (var quantity in new[] { Quantity.Activation, Quantity.BackpropagatedGradient, Quantity.WeightGradient })
            Assert.Equal([1, 2, 3], training.Layers.Where(row => row.Update == 0 && row.Quantity == quantity).Select(row => row.Layer).Order());
        Assert.Equal(recording == "keras" ? [1, 2, 3] : [],
            training.Layers.Where(row => row.Update == 0 && row.Quantity == Quantity.UpdateToWeightRatio).Select(row => row.Layer).Order());
    }

    [Theory, InlineData("keras", "jax, torch or tensorflow"), InlineData("jax", "")]
    public void RecipesOfOtherFrameworks_RunWithTheFrameworkItself(string framework, string backends)
    {
        Python.RequirePip(framework, backends);
        using var scratch = new Scratch();
        Python.Run("recipe_as_given.py", Path.Combine(AppContext.BaseDirectory, "python", "recordings.md"), scratch.Folder, framework);
        var (training, _, skipped) = TrainingImport.Read(scratch["recording"]);
        Assert.Empty(skipped);
        Assert.Equal("tanh, tanh, softmax", string.Join(", ", training.Shapes.Select(shape => shape.IsSoftmax ? "softmax" : shape.Activation?.Name ?? "?")));
        Assert.Equal([0L, 20, 40], training.Layers.Select(row => row.Update).Distinct());
        foreach (var quantity in new[] { Quantity.Activation, Quantity.BackpropagatedGradient, Quantity.WeightGradient })
            Assert.Equal([1, 2, 3], training.Layers.Where(row => row.Update == 0 && row.Quantity == quantity).Select(row => row.Layer).Order());
    }

    private static void Write(string path, float[] values) => File.WriteAllBytes(path, [.. values.SelectMany(BitConverter.GetBytes)]);
}
