using Sonde.Measuring;
using Sonde.Pretraining;

namespace Sonde.PeerBenchmarks;

/// <summary>The workloads that the command line can name.</summary>
internal static class WorkloadList
{
    /// <summary>One at a time, each with a table of its own: the paper's network, and its variations.</summary>
    public static IReadOnlyList<Workload> Single { get; } =
    [
        new("paper", 1024, 1000, 5, 9, 10, DrawsShapeset: true),
        new("mnist", 784, 1000, 5, 10, 10),
        new("cifar10", 3072, 1000, 5, 10, 10),
        new("batch1", 1024, 1000, 5, 9, 1, DrawsShapeset: true),
        new("batch32", 1024, 1000, 5, 9, 32, DrawsShapeset: true),
        new("batch128", 1024, 1000, 5, 9, 128, DrawsShapeset: true),
        new("batch512", 1024, 1000, 5, 9, 512, DrawsShapeset: true),
        new("small", 784, 100, 2, 10, 10),
    ];

    /// <summary>One table of many shapes, from the smallest to the largest layers, round and odd sizes, to find a cliff.</summary>
    public static IReadOnlyList<Workload> Shapes { get; } =
    [
        Shape(1024, 1, 5, 9, 10), Shape(784, 10, 2, 10, 1), Shape(1024, 31, 3, 9, 10), Shape(1369, 64, 3, 10, 32), Shape(784, 100, 3, 10, 128),
        Shape(784, 300, 2, 10, 32), Shape(1024, 500, 4, 9, 10), Shape(1369, 1013, 3, 10, 10), Shape(1024, 1000, 1, 9, 512), Shape(1024, 1000, 20, 9, 10),
        Shape(784, 2048, 3, 10, 1), Shape(3072, 2048, 2, 10, 10), Shape(1369, 2048, 2, 10, 128), Shape(1024, 4096, 2, 9, 10), Shape(3072, 4096, 1, 10, 512),
        Shape(784, 8192, 1, 10, 1), Shape(1024, 8192, 2, 9, 10), Shape(3072, 8192, 1, 10, 32),
    ];

    /// <summary>Each layer of the paper's network as an autoencoder, by each cost of reconstructions.</summary>
    public static IReadOnlyList<PretrainingWorkload> Autoencoders { get; } =
        [.. from cost in ReconstructionCostList.All from layer in Enumerable.Range(1, 5) select new PretrainingWorkload(layer, cost.Name)];

    /// <summary>What <c>--workload</c> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Single.Select(workload => workload.Name), "shapes", "all"];

    /// <summary>The single workload of this name.</summary>
    public static Workload Find(string name) => Single.First(workload => workload.Name == name);

    private static Workload Shape(int inputs, int width, int depth, int classes, int batch) =>
        new($"shapes/{inputs}-{width}x{depth}-{classes}-b{batch}", inputs, width, depth, classes, batch);
}
