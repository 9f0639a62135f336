using System.Diagnostics;
using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Shapeset;
using Sonde.Engines;
using Sonde.Numerics.Random;
using Sonde.Optimizers;
using Sonde.Training;

namespace Sonde.Measuring;

/// <summary>The speed of Sonde's own training, all included: the trainer's loop, its data stream, the update; no probe is due.</summary>
internal static class OwnTraining
{
    /// <summary>Random examples in memory that a workload without Shapeset trains on; peers use as many.</summary>
    private const int ExamplesInMemory = 2000;

    /// <summary>Trains for half of the seconds unmeasured, then for the seconds.</summary>
    /// <returns>Updates per second of elapsed time.</returns>
    public static double UpdatesPerSecond(Workload workload, int threads, double seconds)
    {
        using var engine = Engine.Create(workload.Network(), workload.Batch, new Sgd(0.01f), threads);
        using var stop = new CancellationTokenSource();
        var watch = new Watch(seconds, stop);
        // At update 0 the trainer evaluates; one example makes that nothing.
        var plan = new TrainingPlan
        {
            Updates = long.MaxValue, Batch = workload.Batch, EvaluateEvery = long.MaxValue, EvaluationExamples = 1, CheckpointEvery = long.MaxValue,
        };
        var outcome = new Trainer(engine, Data(workload), plan, [], 0, watch, TimeProvider.System).Run(null, stop.Token);
        return outcome.Status == TrainingStatus.Interrupted
            ? watch.UpdatesPerSecond
            : throw new InvalidOperationException(
                $"Expected {workload} to train until it is stopped, got {outcome.Status} at update {outcome.Update}: {outcome.Message}");
    }

    private static Dataset Data(Workload workload)
    {
        if (workload.DrawsShapeset)
            return new ShapesetDataset();
        var random = new RandomKey(1, "benchmark").Stream(0);
        var inputs = new float[ExamplesInMemory * workload.Inputs];
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        var labels = new byte[ExamplesInMemory];
        foreach (ref var label in labels.AsSpan())
            label = (byte)random.NextInt32(workload.Classes);
        var examples = LabelledExamples.FromFloats(inputs, labels);
        return new ArrayDataset("random", new ImageShape(1, 1, workload.Inputs), [.. Enumerable.Range(0, workload.Classes).Select(k => $"{k}")],
            examples, examples.Slice(0, 1), examples.Slice(0, 1));
    }

    /// <summary>Reads the clock after every update and stops the loop when its time is over.</summary>
    private sealed class Watch(double seconds, CancellationTokenSource stop) : ITrainingLog
    {
        private readonly long begin = Stopwatch.GetTimestamp();
        private long start, firstUpdate;

        public double UpdatesPerSecond { get; private set; }

        public void Record(CurvePoint point)
        {
        }

        public void Save(Checkpoint checkpoint, bool isScheduled)
        {
        }

        public void Progress(long update, double trainingSeconds)
        {
            if (start == 0)
            {
                if (Stopwatch.GetElapsedTime(begin).TotalSeconds >= seconds / 2)
                    (start, firstUpdate) = (Stopwatch.GetTimestamp(), update);
            }
            else if (Stopwatch.GetElapsedTime(start).TotalSeconds is var elapsed && elapsed >= seconds)
            {
                UpdatesPerSecond = (update - firstUpdate) / elapsed;
                stop.Cancel();
            }
        }
    }
}
