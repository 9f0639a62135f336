using System.CommandLine;
using System.Diagnostics;
using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Benchmarks;

/// <summary>What an evaluation of 10,000 examples costs, beside updates of the same network in the same process.</summary>
/// <remarks>Examples are bytes in memory, as images are; the least of all rounds counts, of elapsed
/// and of processor time.</remarks>
internal static class EvaluationCosts
{
    private const int Batch = 10, Updates = 200, Evaluated = 10_000, AtOnce = 500;

    private static readonly (int Inputs, int[] Hidden, int Classes)[] Networks =
        [(784, [10, 10], 10), (784, [100, 100], 10), (784, [300, 300, 300], 10), (1024, [1000, 1000, 1000, 1000, 1000], 9)];

    public static Command Command()
    {
        var (threads, rounds, kernels) =
            (BenchmarkOption.Count("--threads", "Threads", 1), BenchmarkOption.Count("--rounds", "Times that each is timed", 8), BenchmarkOption.Kernels());
        var command = new Command("evaluation", "Times evaluations of 10,000 examples in memory beside updates of the same networks.")
        {
            threads, rounds, kernels,
        };
        command.SetAction(parsed => Run(parsed.GetValue(threads), parsed.GetValue(rounds), parsed.GetValue(kernels)));
        return command;
    }

    private static void Run(int threads, int rounds, string? kernels)
    {
        Console.WriteLine("| network | kernels | threads | 10,000 examples | of processor | GFLOP/s | updates, GFLOP/s |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (inputs, hidden, classes) in Networks)
        {
            var network = new Network(
                inputs, hidden, classes, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);
            using var engine = Engine.Create(network, Batch, new Sgd(0.01f), threads, kernels);
            engine.Load(Parameters.Initialize(network, 1));
            var random = new RandomKey(1, "benchmark").Stream();
            var (greys, labels) = (new byte[Evaluated * inputs], new byte[Evaluated]);
            foreach (ref var grey in greys.AsSpan())
                grey = (byte)random.NextInt32(256);
            foreach (ref var label in labels.AsSpan())
                label = (byte)random.NextInt32(classes);
            var examples = FiniteStream.Passes(LabelledExamples.FromGreys(greys, labels, PixelRange.ZeroToOne), new(1, "order"));
            var tested = FiniteStream.InOrder(LabelledExamples.FromGreys(greys, labels, PixelRange.ZeroToOne));
            var results = new Observation(network, ObservationNeeds.None);
            var (evaluation, used, update) = (double.MaxValue, double.MaxValue, double.MaxValue);
            for (var round = 0; round < rounds; round++)
            {
                (evaluation, used) = Least((evaluation, used), Time(() =>
                {
                    for (var first = 0; first < Evaluated; first += AtOnce)
                        engine.Observe(tested, first, AtOnce, results);
                }));
                (update, _) = Least((update, 0), Time(() =>
                {
                    for (var k = 0; k < Updates; k++)
                        engine.Update(examples, k * Batch);
                }));
                Thread.Sleep(round < 3 ? 200 : 0); // The runtime compiles its fast code in the background meanwhile.
            }
            var weights = Enumerable.Range(1, network.Layers).Sum(layer => (double)network.FanIn(layer) * network.FanOut(layer));
            // The first layer passes nothing on to the inputs.
            var ofUpdate = Batch * (6 * weights - 2.0 * inputs * network.FanOut(1));
            Console.WriteLine($"| {inputs} -> {network.HiddenText} -> {classes} | {engine.Kernels} | {threads} | {1e3 * evaluation:0.0} ms | "
                + $"{1e3 * used:0.0} ms | {1e-9 * 2 * weights * Evaluated / evaluation:0.0} | {1e-9 * ofUpdate * Updates / update:0.0} |");
        }
    }

    private static (double, double) Least((double, double) one, (double, double) other) =>
        (Math.Min(one.Item1, other.Item1), Math.Min(one.Item2, other.Item2));

    private static (double Seconds, double OfProcessor) Time(Action work)
    {
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        work();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }
}
