using System.CommandLine;
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
    // A hundred of ten; of large ones fewer, because drawing them would take longer than the measurement.
    private const int ExamplesInMemory = 1000, FewestBatches = 4;

    /// <summary>The command that runs if no other is named.</summary>
    public static RootCommand Command()
    {
        var threads = BenchmarkOption.Counts("--threads", "Threads, one after the other", 1, 2);
        var kernels = BenchmarkOption.Kernels();
        var activation = BenchmarkOption.Word("--activation", "The hidden layers' function", "tanh", ActivationList.All.Select(function => function.Name));
        var optimizer = BenchmarkOption.Word("--optimizer", "How weights move", "sgd", OptimizerList.All.Select(kind => kind.Name));
        var (rounds, updates) = (BenchmarkOption.Count("--rounds", "Times that they are timed; the least counts", 10),
            BenchmarkOption.Count("--updates", "Updates of a round", 100));
        var (batch, inputs, width, depth, classes) = (BenchmarkOption.Count("--batch", "Examples of an update", 10),
            BenchmarkOption.Count("--inputs", "Inputs of the network", 1024), BenchmarkOption.Count("--width", "Units of a hidden layer", 1000),
            BenchmarkOption.Count("--depth", "Hidden layers", 5, least: 0), BenchmarkOption.Count("--classes", "Units of the output layer", 9, least: 2));
        List<Option<float?>> settings = [.. OptimizerList.All.SelectMany(kind => kind.Settings).Select(setting => setting.Name).Distinct()
            .Select(name => new Option<float?>($"--{name}") { Description = "A setting of the optimizer" })];
        var command = new RootCommand("Times updates of a network by Sonde's engine alone, without data and loop, or what a command names.")
        {
            threads, kernels, activation, optimizer, rounds, updates, batch, inputs, width, depth, classes,
        };
        settings.ForEach(command.Add);
        command.SetAction(parsed =>
        {
            var kind = OptimizerList.Get(parsed.GetValue(optimizer)!);
            // Small steps, so that gradients stay ordinary numbers with every optimizer.
            var made = kind.Make(kind.Name == "sgd" ? 0.01f : 1e-4f, settings.Where(setting => parsed.GetValue(setting) is not null)
                .ToDictionary(setting => setting.Name[2..], setting => parsed.GetValue(setting)!.Value));
            Run(new("updates", parsed.GetValue(inputs), parsed.GetValue(width), parsed.GetValue(depth), parsed.GetValue(classes), parsed.GetValue(batch)),
                parsed.GetValue(activation)!, made, parsed.GetValue(kernels), parsed.GetValue(threads)!, parsed.GetValue(rounds), parsed.GetValue(updates));
        });
        return command;
    }

    private static void Run(Workload workload, string activation, Optimizer optimizer, string? kernels, int[] threadCounts, int rounds, int updates)
    {
        var network = workload.Network(activation);
        var batches = Math.Max(FewestBatches, ExamplesInMemory / workload.Batch);
        var random = new RandomKey(1, "benchmark").Stream(0);
        var inputs = new float[batches * workload.Batch * network.Inputs];
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        var labels = new int[batches * workload.Batch];
        foreach (ref var label in labels.AsSpan())
            label = random.NextInt32(network.Classes);

        foreach (var threads in threadCounts)
        {
            using var engine = Engine.Create(network, workload.Batch, optimizer, threads, kernels);
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
