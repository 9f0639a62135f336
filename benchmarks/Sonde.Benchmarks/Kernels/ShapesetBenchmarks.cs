using BenchmarkDotNet.Attributes;
using Sonde.Data;
using Sonde.Data.Shapeset;

namespace Sonde.Benchmarks;

/// <summary>Drawing of Shapeset images, one mini-batch after the other, as training reads them.</summary>
[BenchmarkCategory("data")]
public class ShapesetBenchmarks : ICountedWork
{
    private const int Images = 100;

    private readonly int[] labels = new int[Images];
    private ExampleStream stream = null!;
    private float[] inputs = null!;
    private long next;

    /// <summary>Pixels a side: the paper trains on 32, its figure 1 shows 64.</summary>
    [Params(32, 64)]
    public int Side { get; set; }

    Work ICountedWork.WorkOf(string benchmark) => new(Images, "images");

    [GlobalSetup]
    public void Prepare()
    {
        stream = new ShapesetDataset(Side).Open(Split.Train, 1);
        inputs = new float[Images * stream.Inputs];
    }

    [Benchmark]
    public void Read()
    {
        stream.Read(next, inputs, labels);
        next += Images;
    }
}
