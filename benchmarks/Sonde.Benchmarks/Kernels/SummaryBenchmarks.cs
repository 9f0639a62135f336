using BenchmarkDotNet.Attributes;
using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Benchmarks;

/// <summary>What probes do with values: moments, exact percentiles and a histogram.</summary>
[BenchmarkCategory("probes")]
public class SummaryBenchmarks : ICountedWork
{
    private float[] values = null!;

    /// <summary>A live layer of ten examples, a fixed one of 300, a layer's weights.</summary>
    [Params(10_000, 300_000, 1_000_000)]
    public int Values { get; set; }

    Work ICountedWork.WorkOf(string benchmark) => Work.Bytes((double)Values * sizeof(float));

    [GlobalSetup]
    public void Prepare()
    {
        values = new float[Values];
        var random = new RandomKey(1, "benchmark").Stream(0);
        foreach (ref var value in values.AsSpan())
            value = (float)random.NextGaussian();
    }

    [Benchmark]
    public ValueSummary Summarize() => ValueSummary.Of(values);
}
