using System.Diagnostics;
using Sonde.Engines;
using Sonde.Measuring;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Benchmarks;

/// <summary>Updates of one network by the engine alone, on random data in memory: the paper's network unless options say otherwise.</summary>
internal static class UpdateRunner
{
    public const string Usage = "[--threads 1,2] [--kernels NAME] [--activation tanh] [--optimizer sgd [--damping 0.02]...] [--rounds 10] [--updates 100] "
        + "[--batch 10] [--inputs 1024] [--width 1000] [--depth 5] [--classes 9]";

    // A hundred of ten; of large ones fewer, because drawing them would take longer than the measurement.
    private const int ExamplesInMemory = 1000, FewestBatches = 4;

    public static int Start(string[] args)
    {
        var words = new Words(Usage, args, OptimizerList.All.SelectMany(kind => kind.Settings.Select(setting => setting.Name)));
        var (updates, rounds) = (words.Count("updates", 100), words.Count("rounds", 10));
        var workload = new Workload("updates", words.Count("inputs", 1024), words.Count("width", 1000), words.Count("depth", 5, least: 0),
            words.Count("classes", 9, least: 2), words.Count("batch", 10));
        var network = workload.Network(words.Find("activation") ?? "tanh");
        var batches = Math.Max(FewestBatches, ExamplesInMemory / workload.Batch);
        var random = new RandomKey(1, "benchmark").Stream(0);
        var inputs = new float[batches * workload.Batch * network.Inputs];
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        var labels = new int[batches * workload.Batch];
        foreach (ref var label in labels.AsSpan())
            label = random.NextInt32(network.Classes);

        // Small steps, so that gradients stay ordinary numbers with every optimizer. Its settings may be among the options.
        var kind = OptimizerList.Get(words.Find("optimizer") ?? "sgd");
        var settings = kind.Settings.Where(setting => words.Find(setting.Name) is not null)
            .ToDictionary(setting => setting.Name, setting => words.Number(setting.Name));
        var optimizer = kind.Make(kind.Name == "sgd" ? 0.01f : 1e-4f, settings);
        foreach (var threads in words.Counts("threads", "1,2"))
        {
            using var engine = Engine.Create(network, workload.Batch, optimizer, threads, words.Find("kernels"));
            engine.Load(Parameters.Initialize(network, 1));
            for (var k = 0; k < 3; k++)
            {
                Round(engine, inputs, labels, updates);
                Thread.Sleep(150); // The runtime compiles its fast code in the background meanwhile.
            }
            // The least of several rounds: what the machine does when nobody else uses it.
            var measured = Enumerable.Range(0, rounds).Select(_ => Round(engine, inputs, labels, updates)).ToList();
            var (least, cpu) = (measured.Min(round => round.Seconds), measured.Min(round => round.ProcessorSeconds));
            Console.WriteLine(
                $"{engine.Kernels} {optimizer.Name} {network.Activation} {network.HiddenText} batch {workload.Batch}, {threads} threads: {1e3 * least:0.000} "
                + $"ms/update, "
                + $"{1 / least:0.0} updates/s, processor time {1e3 * cpu:0.000} ms, {1e-9 * workload.FlopsPerUpdate / least:0.0} GFLOP/s");
        }
        return 0;
    }

    private static (double Seconds, double ProcessorSeconds) Round(IEngine engine, float[] inputs, int[] labels, int updates)
    {
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var (batch, values) = (engine.Batch, engine.Batch * engine.Network.Inputs);
        var batches = labels.Length / batch;
        for (var k = 0; k < updates; k++)
            engine.Update(inputs.AsSpan(k % batches * values, values), labels.AsSpan(k % batches * batch, batch));
        return (Stopwatch.GetElapsedTime(start).TotalSeconds / updates, (Environment.CpuUsage.TotalTime - used).TotalSeconds / updates);
    }
}
