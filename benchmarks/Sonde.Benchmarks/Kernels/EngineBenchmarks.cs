using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Sonde.Engines;
using Sonde.Measuring;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Benchmarks;

/// <summary>The passes of dense layers, through the engine: an observation that keeps nothing is the forward pass, an update is all of them.</summary>
[BenchmarkCategory("engine")]
public class EngineBenchmarks : ICountedWork
{
    private IEngine engine = null!;
    private Observation nothing = null!;
    private float[] inputs = null!;
    private int[] labels = null!;

    /// <summary>inputs-width x depth-classes: the paper's, MNIST's and CIFAR-10's, and wider layers than the cache holds.</summary>
    [Params("1024-1000x5-9", "784-1000x5-10", "3072-1000x5-10", "1024-4096x2-9")]
    public string Network { get; set; } = "";

    [Params(1, 10, 128)]
    public int Batch { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    private Workload Workload
    {
        get
        {
            int[] sizes = [.. Network.Split('-', 'x').Select(int.Parse)];
            return new("engine", sizes[0], sizes[1], sizes[2], sizes[3], Batch);
        }
    }

    Work ICountedWork.WorkOf(string benchmark)
    {
        var network = Workload.Network();
        var forward = 2.0 * Batch * Enumerable.Range(1, network.Layers).Sum(layer => (double)network.FanIn(layer) * network.FanOut(layer));
        return Work.Flops(benchmark == nameof(Forward) ? forward : Workload.FlopsPerUpdate);
    }

    [GlobalSetup]
    public void Prepare()
    {
        var network = Workload.Network();
        engine = Engine.Create(network, Batch, new Sgd(0.01f), Threads);
        engine.Load(Parameters.Initialize(network, 1));
        nothing = new(network, ObservationNeeds.None);
        var random = new RandomKey(1, "benchmark").Stream(0);
        (inputs, labels) = (new float[Batch * network.Inputs], new int[Batch]);
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        WarmUp();
    }

    [Benchmark]
    public BatchResult Forward() => engine.Observe(inputs, labels, nothing);

    [Benchmark]
    public BatchResult Update() => engine.Update(inputs, labels);

    [GlobalCleanup]
    public void Finish() => engine.Dispose();

    // The first code of a pass is twenty times slower than its last, which the runtime compiles in the background when nothing new has been called for a
    // while: BenchmarkDotNet would choose its repetitions by the first.
    private void WarmUp()
    {
        for (var k = 0; k < 3; k++)
        {
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 0.25;)
            {
                Forward();
                Update();
            }
            Thread.Sleep(150);
        }
    }
}
