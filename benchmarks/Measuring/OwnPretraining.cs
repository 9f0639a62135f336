using System.Diagnostics;
using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Pretraining;

namespace Sonde.Measuring;

/// <summary>The speed of Sonde's own pre-training on examples in memory, noise included.</summary>
internal sealed class OwnPretraining : IDisposable
{
    private const int ExamplesInMemory = 2000;

    private readonly int layer, batch;
    private readonly IPretrainer pretrainer;
    private readonly ExampleStream examples;
    private long updates;

    /// <summary>Begins with the normalized initialization.</summary>
    public OwnPretraining(PretrainingWorkload workload, int threads)
    {
        (layer, batch) = (workload.Layer, workload.Batch);
        var plan = new PretrainingPlan { Updates = 1, Cost = ReconstructionCostList.Find(workload.Reconstruction)! };
        var setting = new PretrainingSetting(workload.Network(), batch, plan, new(-1, 1), Seed: 1);
        pretrainer = Pretrainer.Create(setting, threads);
        pretrainer.Load(Parameters.Initialize(setting.Network, 1), setting.NewDecoderBiases());
        examples = Examples(workload.Inputs).Open(Split.Train, 1);
    }

    /// <summary>Trains for half of the seconds unmeasured, then for the seconds.</summary>
    public double UpdatesPerSecond(double seconds)
    {
        Train(seconds / 2);
        return Train(seconds);
    }

    /// <summary>A number of updates.</summary>
    /// <returns>Seconds of each by the clock and of the processor.</returns>
    public (double Seconds, double ProcessorSeconds) Update(int count)
    {
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        for (var k = 0; k < count; k++)
            pretrainer.Update(layer, examples, updates++ * batch);
        return (Stopwatch.GetElapsedTime(start).TotalSeconds / count, (Environment.CpuUsage.TotalTime - used).TotalSeconds / count);
    }

    /// <summary>An evaluation.</summary>
    /// <returns>Seconds by the clock.</returns>
    public double Evaluate(int count)
    {
        var start = Stopwatch.GetTimestamp();
        pretrainer.Evaluate(layer, examples, 0, count);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <inheritdoc/>
    public void Dispose() => pretrainer.Dispose();

    private double Train(double seconds)
    {
        var (start, before) = (Stopwatch.GetTimestamp(), updates);
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            pretrainer.Update(layer, examples, updates++ * batch);
        return (updates - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static ArrayDataset Examples(int inputs)
    {
        var random = new RandomKey(1, "benchmark").Stream(0);
        var values = new float[ExamplesInMemory * inputs];
        foreach (ref var value in values.AsSpan())
            value = (float)(2 * random.NextUnit() - 1);
        var examples = LabelledExamples.FromFloats(values, new byte[ExamplesInMemory]);
        return new("random", new ImageShape(1, 1, inputs), ["none"], examples, examples.Slice(0, 1), examples.Slice(0, 1));
    }
}
