using Sonde.Paper.Curves;

namespace Sonde.Paper.Tests.Curves;

public sealed class SampledCurveTests
{
    // The first test after the untrained network's came at 50,000 updates. The paper's curve begins at 30,000, where the line between the two had 73 %.
    [Fact]
    public void FindAt_DrawsNoLineFromTheUntrainedNetwork()
    {
        SampledCurve curve = new([0, 50_000, 100_000], [89, 62, 48]);
        Assert.Equal([89, null, 62, 55, null],
            new long[] { 0, 30_000, 50_000, 75_000, 110_000 }.Select(curve.FindAt));
    }

    [Fact]
    public void FirstBelow_ReadsBetweenRecordsOfTraining()
    {
        IReadOnlyList<(long, double)> points = [(0, 89), (50_000, 60), (100_000, 50)];
        Assert.Equal([50_000, 75_000, null], new double[] { 70, 55, 40 }.Select(level => SampledCurve.FirstBelow(points, level)));
    }
}
