using System.CommandLine;
using System.Diagnostics;
using Sonde.Engines.Vector;
using Sonde.Kernels.Dense;
using Sonde.Kernels.Threads;
using Sonde.Measuring;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Benchmarks;

/// <summary>How the engine would scale to more threads than this machine has: the work of each thread is done here one after the other and timed, and what
/// threads cost each other is computed.</summary>
/// <remarks>
/// Between two meetings of the team each thread has a stretch of work. Its time is that of the slowest thread, each thread's the least of all rounds.
/// Weights come from the cache in which one core can keep all of them, so a machine whose cores have less than their shares of second-level cache each is
/// simulated, and other machines are faster.
/// <para>Two things are added. For each meeting: one journey of a cache line per thread, since all count in one place. For what other threads have written:
/// one journey per line, of which a core has several under way. Threads that do not own rows (<see cref="RowShare"/>) read weights that others moved.</para>
/// </remarks>
internal static class ScalingSimulation
{
    private const int LineBytes = 64, LinesUnderWay = 8;

    // Nanoseconds from core to core and back: in one third-level cache, and between two.
    private static readonly double[] Distances = [80, 330];

    public static Command Command()
    {
        var kernels = BenchmarkOption.Word("--kernels", "Which kernels", "vector256", ["vector256", "vector512"]);
        var threads = BenchmarkOption.Counts("--threads", "Threads that are simulated", 1, 2, 4, 8, 16, 32, 64);
        var (rounds, width, depth, batch) = (BenchmarkOption.Count("--rounds", "Times that each is timed", 20),
            BenchmarkOption.Count("--width", "Units of a hidden layer", 1000), BenchmarkOption.Count("--depth", "Hidden layers", 5),
            BenchmarkOption.Count("--batch", "Examples of an update", 10));
        var command = new Command("scaling", "Simulates more threads than the machine has.") { kernels, threads, rounds, width, depth, batch };
        command.SetAction(parsed => Run(new("scaling", 1024, parsed.GetValue(width), parsed.GetValue(depth), 9, parsed.GetValue(batch)),
            parsed.GetValue(kernels)!, parsed.GetValue(threads)!, parsed.GetValue(rounds)));
        return command;
    }

    private static void Run(Workload workload, string kernels, int[] threads, int rounds)
    {
        Console.WriteLine($"{kernels}, {workload}, simulated; milliseconds of an update, and how many times as fast as one thread");
        Console.WriteLine($"| threads | busiest thread's work | meetings | lines from others | cores {Distances[0]:0} ns apart | {Distances[1]:0} ns apart |");
        Console.WriteLine("|---|---|---|---|---|---|");
        if (kernels == "vector256")
            Simulate<Lanes8>(workload, threads, rounds);
        else
            Simulate<Lanes16>(workload, threads, rounds);
    }

    private static void Simulate<TLanes>(Workload workload, IReadOnlyList<int> threads, int rounds) where TLanes : struct, IVectorLanes<TLanes>
    {
        using var team = new WorkerTeam(1);
        using var network = new VectorNetwork<TLanes, Sgd>(workload.Network(), workload.Batch, workload.Batch, team, 0);
        Fill(network);
        var alone = double.NaN;
        foreach (var parts in threads)
        {
            using var update = new SimulatedUpdate<TLanes>(network, parts);
            var work = update.BusiestSeconds(rounds);
            alone = parts == 1 ? work : alone;
            var cells = Distances.Select(distance =>
            {
                var waiting = 1e-9 * distance * (parts == 1 ? 0 : update.Meetings * parts + update.LinesFromOthers / 2 / LinesUnderWay);
                return $"{1e3 * (work + waiting):0.000}, {alone / (work + waiting):0.0}x";
            });
            Console.WriteLine($"| {parts} | {1e3 * work:0.000} | {update.Meetings} | {update.LinesFromOthers:0} | {string.Join(" | ", cells)} |");
        }
    }

    private static void Fill<TLanes>(VectorNetwork<TLanes, Sgd> vectors) where TLanes : struct, IVectorLanes<TLanes>
    {
        var network = vectors.Network;
        var random = new RandomKey(1, "benchmark").Stream(0);
        foreach (var (layer, parameters) in vectors.Layers.Zip(Parameters.Initialize(network, 1).Layers))
            layer.Parameters.Load(parameters.Weights, parameters.Biases);
        var inputs = new float[vectors.Batch * network.Inputs];
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        vectors.CopyExamples(inputs, new int[vectors.Batch]);
        for (var n = 0; n < vectors.Batch; n++)
            foreach (ref var gradient in vectors.Layers[^1].Gradient.Row(n))
                gradient = (float)random.NextGaussian() / vectors.Batch;
    }

    /// <summary>What every thread of a team does in an update, in the order of <see cref="VectorNetwork{TLanes, TOptimizer}"/>, without data and
    /// cost.</summary>
    private sealed class SimulatedUpdate<TLanes> : IDisposable where TLanes : struct, IVectorLanes<TLanes>
    {
        private readonly VectorNetwork<TLanes, Sgd> network;
        private readonly int parts;
        private readonly RangeSums<TLanes>[] sums;
        private readonly List<Action<int>> stretches = [static _ => { }];

        public SimulatedUpdate(VectorNetwork<TLanes, Sgd> network, int parts)
        {
            (this.network, this.parts) = (network, parts);
            var shape = network.Network;
            var layers = Enumerable.Range(1, shape.Layers).ToList();
            sums = [.. Enumerable.Range(0, 2).Select(_ => new RangeSums<TLanes>(
                network.Batch, layers.Max(shape.FanOut), layers.Max(layer => RowShare.Ranges(shape.FanIn(layer)))))];
            for (var i = 0; i < shape.Layers; i++)
                PlanForward(i);
            for (var i = shape.Layers - 1; i >= 0; i--)
                PlanBackward(i);
        }

        public int Meetings { get; private set; }

        /// <summary>Cache lines that a thread reads or moves after others have written them.</summary>
        public double LinesFromOthers { get; private set; }

        public double BusiestSeconds(int rounds)
        {
            var least = new double[stretches.Count, parts];
            for (var round = 0; round < rounds; round++)
            {
                Thread.Sleep(round < 3 ? 150 : 0); // The runtime compiles its fast code in the background meanwhile.
                for (var k = 0; k < stretches.Count; k++)
                    for (var part = 0; part < parts; part++)
                    {
                        var start = Stopwatch.GetTimestamp();
                        stretches[k](part);
                        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                        least[k, part] = round == 0 ? seconds : Math.Min(least[k, part], seconds);
                    }
            }
            return Enumerable.Range(0, stretches.Count).Sum(k => Enumerable.Range(0, parts).Max(part => least[k, part]));
        }

        public void Dispose()
        {
            foreach (var sum in sums)
                sum.Dispose();
        }

        private void PlanForward(int i)
        {
            var layer = network.Layers[i];
            var (own, last) = (sums[i % 2], i == network.Layers.Length - 1);
            Then(part => layer.Sum(network.InputOf(i), network.Batch, own, part, parts));
            ReadMovedWeights(layer);
            if (last || layer.OwnsRows(parts))
                Meet();
            var units = layer.Parameters.PaddedColumns;
            if (layer.OwnsRows(parts))
                // A part adds the sums of all parts for its units, or for its examples.
                Read(network.Batch * units);
            if (last)
            {
                Then(part => layer.CollectOutputs(network.Batch * part / parts, network.Batch * (part + 1) / parts, own, parts));
                Meet();
                return;
            }
            Then(part => layer.Activate(network.Batch, own, part, parts));
            if (network.Layers[i + 1].OwnsRows(parts))
                return;
            Meet();
            Read(network.Batch * units);
        }

        private void PlanBackward(int i)
        {
            var layer = network.Layers[i];
            var below = i == 0 ? null : network.Layers[i - 1];
            Then(part => layer.UpdateWeights(
                network.InputOf(i), layer.Gradient, below?.Gradient, network.Batch, new Sgd(1e-6f), part, parts));
            ReadMovedWeights(layer);
            Read(network.Batch * layer.Parameters.PaddedColumns);
            if (below is not null)
                Then(part => below.Differentiate(below.Gradient, network.Batch, part, parts));
            Then(part => layer.UpdateBiases(network.Batch, new Sgd(1e-6f), part, parts));
            if (below is not null)
                Meet();
        }

        private void Then(Action<int> step) => stretches[^1] += step;

        private void Meet()
        {
            Meetings++;
            stretches.Add(static _ => { });
        }

        private void Read(double floats) => LinesFromOthers += (parts - 1.0) / parts * floats * sizeof(float) / LineBytes;

        // Forwards columns are shared, backwards rows.
        private void ReadMovedWeights(Kernels.Layers.VectorLayer<TLanes, Sgd> layer)
        {
            if (!layer.OwnsRows(parts))
                Read((double)layer.Parameters.FanIn * layer.Parameters.PaddedColumns / parts);
        }
    }
}
