using System.CommandLine;
using System.Diagnostics;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;
using Sonde.Probes;

namespace Sonde.Benchmarks;

/// <summary>What probes cost on the paper's network: live ones at several rates, and a look at the fixed examples, as shares of training time.</summary>
/// <remarks>Everything is measured in turn in each round. The table has the least time of each over all
/// rounds: what the machine does when nobody else uses it. In the last column, what Cockpit's own data say of its economy preset at the same rates.</remarks>
internal static class ProbeCosts
{
    private const int Batch = 10, Updates = 160, FixedExamples = 300, FixedEvery = 20_000;

    private static readonly Network Network = new(
        1024, [1000, 1000, 1000, 1000, 1000], 9, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);

    // What the rates are promised for.
    private static readonly Probe[] Few = [new ActivationProbe(), new BackpropagatedGradientProbe(), new WeightGradientProbe()];

    public static Command Command()
    {
        var (threads, rounds, kernels) =
            (BenchmarkOption.Count("--threads", "Threads", 2), BenchmarkOption.Count("--rounds", "Times that each is timed", 12), BenchmarkOption.Kernels());
        var command = new Command("probes", "Times live observations, and one of 300 fixed examples, as shares of training time.") { threads, rounds, kernels };
        command.SetAction(parsed => Run(parsed.GetValue(threads), parsed.GetValue(rounds), parsed.GetValue(kernels)));
        return command;
    }

    private static void Run(int threads, int rounds, string? kernels)
    {
        var (inputs, labels) = Examples(Updates * Batch);
        using var engine = Engine.Create(Network, Batch, new Sgd(0.01f), threads, kernels);
        engine.Load(Parameters.Initialize(Network, 1));
        // Used again and again, as a trainer does it.
        var seen = new Observation(Network, ProbeSet.NeedsOf(ProbeList.Basic));
        (string Name, int Every, Func<double> Seconds)[] measured =
        [
            ("none", 0, () => Train(0, [])),
            ("live, z, dCost/ds, dCost/dW", 16, () => Train(16, Few)),
            ("live, z, dCost/ds, dCost/dW", 1, () => Train(1, Few)),
            ("live, all", 16, () => Train(16, ProbeList.Basic)),
            ("live, all", 1, () => Train(1, ProbeList.Basic)),
            ($"fixed, {FixedExamples} examples, all", FixedEvery, Look),
        ];
        var least = new double[measured.Length];
        Array.Fill(least, double.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            for (var k = 0; k < measured.Length; k++)
                least[k] = Math.Min(least[k], measured[k].Seconds());
            Thread.Sleep(round < 3 ? 200 : 0); // The runtime compiles its fast code in the background meanwhile.
        }
        Console.WriteLine($"{engine.Kernels}, {threads} threads, {Network.HiddenText} tanh, mini-batches of {Batch}: {1e3 * least[0]:0.000} ms per update "
            + "without probes");
        Console.WriteLine("| probes | every | one look | share of training time | a step over the bare step | Cockpit |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var ((name, every, _), seconds) in measured.Zip(least).Skip(1))
        {
            var look = every == FixedEvery ? seconds : every * (seconds - least[0]);
            var share = look / every / least[0];
            var cockpit = every switch { 1 => "63x", 16 => "5.2x", _ => "" };
            Console.WriteLine($"| {name} | {every} | {1e3 * look:0.00} ms | {100 * share:0.00} % | {1 + share:0.0000}x | {cockpit} |");
        }

        double Train(int every, IReadOnlyList<Probe> probes)
        {
            var set = new ProbeSet(probes, new ProbeSchedule(1, long.MaxValue), new NoLog());
            var observation = new Observation(Network, ProbeSet.NeedsOf(probes));
            var start = Stopwatch.GetTimestamp();
            for (var k = 0; k < Updates; k++)
            {
                var due = every > 0 && k % every == 0 ? observation : null;
                engine.Update(inputs.AsSpan(k * Batch * Network.Inputs, Batch * Network.Inputs), labels.AsSpan(k * Batch, Batch), due);
                if (due is not null)
                    set.Receive(due);
            }
            return Stopwatch.GetElapsedTime(start).TotalSeconds / Updates;
        }

        double Look()
        {
            var start = Stopwatch.GetTimestamp();
            engine.Observe(inputs.AsSpan(0, FixedExamples * Network.Inputs), labels.AsSpan(0, FixedExamples), seen);
            new ProbeSet(ProbeList.Basic, new ProbeSchedule(1, long.MaxValue), new NoLog()).Receive(seen);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    private static (float[] Inputs, int[] Labels) Examples(int examples)
    {
        var random = new RandomKey(1, "benchmark").Stream();
        var (inputs, labels) = (new float[examples * Network.Inputs], new int[examples]);
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        foreach (ref var label in labels.AsSpan())
            label = random.NextInt32(Network.Classes);
        return (inputs, labels);
    }

    private sealed class NoLog : IProbeLog
    {
        public void Record(LayerStatistics row)
        {
        }

        public void Record(LayerHistogram row)
        {
        }
    }
}
