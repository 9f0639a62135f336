using System.Diagnostics;
using Sonde.Networks;
using Sonde.Numerics;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Benchmarks;

/// <summary>What probes cost on the paper's network: live ones at several rates, and a look at the fixed examples, as shares of training time.</summary>
/// <remarks>Every rate is measured in turn, several rounds, and the least time of each counts: what the machine does when nobody else uses it.</remarks>
internal static class ProbeCosts
{
    private const int Batch = 10, Updates = 160, FixedExamples = 300;
    private const long FixedEvery = 20_000;

    /// <summary>Prints the table. Usage: probes [THREADS] [ROUNDS] [KERNELS].</summary>
    public static int Start(string[] args)
    {
        var (threads, rounds, kernels) = (int.Parse(args.ElementAtOrDefault(0) ?? "2"), int.Parse(args.ElementAtOrDefault(1) ?? "12"), args.ElementAtOrDefault(2));
        var network = new Network(1024, [1000, 1000, 1000, 1000, 1000], 9, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);
        var (inputs, labels) = Examples(network, Math.Max(FixedExamples, Updates * Batch));
        using var engine = Engines.Create(network, Batch, new Sgd(0.01f), threads, kernels);
        engine.Load(Parameters.Initialize(network, 1));
        var log = new CountingLog();
        var live = new ProbeSet(ProbeList.All, new ProbeSchedule(1, long.MaxValue), log);
        var observation = new Observation(network, ProbeSet.NeedsOf(ProbeList.All));

        double Train(int every)
        {
            var start = Stopwatch.GetTimestamp();
            for (var k = 0; k < Updates; k++)
            {
                var seen = every > 0 && k % every == 0 ? observation : null;
                engine.Update(inputs.AsSpan(k * Batch * network.Inputs, Batch * network.Inputs), labels.AsSpan(k * Batch, Batch), seen);
                if (seen is not null)
                    live.Take(seen);
            }
            return Stopwatch.GetElapsedTime(start).TotalSeconds / Updates;
        }

        double Look()
        {
            var start = Stopwatch.GetTimestamp();
            engine.Observe(inputs.AsSpan(0, FixedExamples * network.Inputs), labels.AsSpan(0, FixedExamples), observation);
            live.Take(observation);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        var (never, sixteen, always, look) = (double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            never = Math.Min(never, Train(0));
            sixteen = Math.Min(sixteen, Train(16));
            always = Math.Min(always, Train(1));
            look = Math.Min(look, Look());
            if (round < 3)
                Thread.Sleep(200); // The runtime compiles its fast code in the background meanwhile.
        }
        string Share(double seconds) => $"{100 * seconds / never:0.0#} %";
        Console.WriteLine($"{engine.Kernels}, {threads} threads, {network.HiddenText} tanh, mini-batches of {Batch}: {1e3 * never:0.000} ms an update without probes");
        Console.WriteLine("| probes | time of one look | share of training time | time a step over the bare step | Cockpit |");
        Console.WriteLine("|---|---|---|---|---|");
        Console.WriteLine($"| live, every 16 updates | {16e3 * (sixteen - never):0.000} ms | {Share(sixteen - never)} | {sixteen / never:0.00}x | 5.2x |");
        Console.WriteLine($"| live, every update | {1e3 * (always - never):0.000} ms | {Share(always - never)} | {always / never:0.00}x | 63x |");
        Console.WriteLine($"| fixed, {FixedExamples} examples every {FixedEvery} updates | {1e3 * look:0.0} ms | {Share(look / FixedEvery)} | {1 + look / FixedEvery / never:0.0000}x | |");
        return 0;
    }

    private static (float[] Inputs, int[] Labels) Examples(Network network, int examples)
    {
        var random = new RandomKey(1, "benchmark").Stream();
        var (inputs, labels) = (new float[examples * network.Inputs], new int[examples]);
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        foreach (ref var label in labels.AsSpan())
            label = random.NextInt32(network.Classes);
        return (inputs, labels);
    }

    private sealed class CountingLog : IProbeLog
    {
        public long Rows { get; private set; }

        public void Record(LayerStatistics row) => Rows++;

        public void Record(LayerHistogram row) => Rows++;
    }
}
