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
    private const int Updates = 21, Batch = 8, Inputs = 12, Classes = 4;

    private static readonly Network Network = new(
        Inputs, [10, 9], Classes, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);

    [Fact]
    public void ARecordedNetwork_HasTheStatisticsOfTheSameNetworkInSonde()
    {
        Python.Require();
        using var scratch = new Scratch();
        var (inputs, labels, start) = (new float[Updates * Batch * Inputs], new int[Updates * Batch], Parameters.Initialize(Network, 5));
        var random = new RandomKey(7, "examples").Stream(1);
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        foreach (ref var label in labels.AsSpan())
            label = (int)(random.NextDouble() * Classes);
        Write(scratch["inputs.bin"], inputs);
        Write(scratch["labels.bin"], Array.ConvertAll(labels, label => (float)label));
        foreach (var (index, layer) in start.Layers.Index())
            Write(scratch[$"weights{index + 1}.bin"], layer.Weights);
        Python.Run("train_as_given.py", scratch.Folder, scratch["recording"]);
        var (recorded, _, skipped) = TrainingImport.Read(scratch["recording"]);
        Assert.Empty(skipped);
        Assert.DoesNotContain(recorded.Shapes, shape => shape.Activation is null && !shape.IsSoftmax);

        var log = new MemoryLog();
        IReadOnlyList<Probe> probes = ProbeQuantities.Standard.Probes(isLive: false);
        using var engine = Engine.Create(Network, Batch, new Sgd(0.25f), 1);
        engine.Load(start);
        for (var update = 0; update < Updates; update++)
        {
            var observation = update % 5 == 0 ? new Observation(Network, ProbeSet.NeedsOf(probes)) { Update = update } : null;
            engine.Update(inputs.AsSpan(update * Batch * Inputs, Batch * Inputs), labels.AsSpan(update * Batch, Batch), observation);
            foreach (var probe in observation is null ? [] : probes)
                probe.Measure(observation!, log);
        }
        Assert.Equal(log.Layers.Count, recorded.Layers.Count);
        foreach (var wanted in log.Layers)
        {
            var row = recorded.Layers.Single(row => (row.Update, row.Layer, row.Quantity) == (wanted.Update, wanted.Layer, wanted.Quantity));
            var what = $"{row.Quantity} of layer {row.Layer} at {row.Update}";
            Assert.Equal((wanted.Count, wanted.NonFinite), (row.Count, row.NonFinite));
            foreach (var (expected, actual) in new[]
                     {
                         (wanted.Mean, row.Mean), (wanted.Sd, row.Sd), (wanted.Min, row.Min), (wanted.P2, row.P2), (wanted.P25, row.P25), (wanted.P50, row.P50),
                         (wanted.P75, row.P75), (wanted.P98, row.P98), (wanted.Max, row.Max), (wanted.Saturated ?? 0, row.Saturated ?? 0),
                         (wanted.Dead ?? 0, row.Dead ?? 0),
                     })
                RecordingImportTests.AssertNear(expected, actual, wanted.Sd, what);
        }
        foreach (var wanted in log.Histograms)
        {
            var row = recorded.Histograms.Single(row => (row.Update, row.Layer, row.Quantity) == (wanted.Update, wanted.Layer, wanted.Quantity));
            Assert.Equal(wanted.Counts.Sum(), row.Counts.Sum());
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
        Assert.All(skipped, sentence => Assert.StartsWith("there is no recording.json", sentence, StringComparison.Ordinal));
        Assert.Equal(activations, string.Join(", ", training.Shapes.Select(shape => shape.IsSoftmax ? "softmax" : shape.Activation?.Name ?? "?")));
        Assert.Equal(recording == "keras" ? [0L, 2] : [0L], training.Layers.Select(row => row.Update).Distinct());
        foreach (var quantity in new[] { Quantity.Activation, Quantity.BackpropagatedGradient, Quantity.WeightGradient })
            Assert.Equal([1, 2, 3], training.Layers.Where(row => row.Update == 0 && row.Quantity == quantity).Select(row => row.Layer).Order());
    }

    private static void Write(string path, float[] values) => File.WriteAllBytes(path, [.. values.SelectMany(BitConverter.GetBytes)]);
}
