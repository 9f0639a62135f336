using Sonde.Data;
using Sonde.Data.Shapeset;

namespace Sonde.Tests.Engines;

/// <summary>Small images that note who reads them, and what each of two readers had allocated at its first and its last reading.</summary>
internal sealed class WatchedShapes : Dataset
{
    private readonly ShapesetDataset images = new(16);

    public long ReportFrom { get; init; }

    public int[] Readers { get; } = new int[2];

    public long[] First { get; } = new long[2];

    public long[] Last { get; } = new long[2];

    public long LargestRead { get; private set; }

    public override string Name => "watched";

    public override ImageShape Shape => images.Shape;

    public override IReadOnlyList<string> Classes => images.Classes;

    public override ExampleStream Open(Split split, ulong seed) =>
        split == Split.Train ? new Stream(this, images.Open(split, seed)) : images.Open(split, seed);

    // One of two threads reads the first half of a mini-batch of four, the other one the second.
    private sealed class Stream(WatchedShapes watched, ExampleStream images) : ExampleStream
    {
        public override int Inputs => images.Inputs;

        public override long? Count => images.Count;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            images.Read(first, inputs, labels);
            var reader = first % 4 / 2;
            watched.Readers[reader] = Environment.CurrentManagedThreadId;
            watched.Last[reader] = GC.GetAllocatedBytesForCurrentThread();
            if (first < watched.ReportFrom)
                watched.First[reader] = watched.Last[reader];
            if (reader == 1)
                watched.LargestRead = Math.Max(watched.LargestRead, first + labels.Length - 1);
        }
    }
}
