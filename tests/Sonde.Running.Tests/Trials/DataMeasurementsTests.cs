using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Probes;
using Sonde.Running.Trials;

namespace Sonde.Running.Tests.Trials;

public sealed class DataMeasurementsTests
{
    [Fact]
    public void TrialsWithTheSameExamples_AreMeasuredOnce()
    {
        var (measurements, data) = (new DataMeasurements(), new ShapesetDataset(16, 1, PixelRange.MinusOneToOne));
        var first = measurements.Of(data, seed: 1, begin: 0);
        Assert.Same(first, measurements.Of(data, seed: 1, begin: 0));
        Assert.Equal(DataRows.Measure(data, 1), first);
        // Another seed has other training examples, and a trial that is pre-trained begins before update 0.
        Assert.NotEqual(first, measurements.Of(data, seed: 2, begin: 0));
        Assert.All(measurements.Of(data, seed: 1, begin: -5), row => Assert.Equal(-5, row.Update));
    }
}
