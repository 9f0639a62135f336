using Sonde.Figures.Tests;
using Sonde.Paper.Models;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Paper.Tests;

/// <summary>Numbers of a model over seeds that have not come equally far.</summary>
public sealed class ModelReadingsTests
{
    [Fact]
    public void LastErrors_AreThoseOfOneUpdate()
    {
        var model = OfSeeds([(1000, 80), (2000, 60), (3000, 40)], [(1000, 82), (2000, 62)]);
        Assert.Equal([60, 62], model.LastErrors());
    }

    [Fact]
    public void LastErrors_LeaveOutSeedsWithoutEvaluations()
    {
        Assert.Equal([60], OfSeeds([(1000, 80), (2000, 60)], []).LastErrors());
        Assert.Empty(OfSeeds([], []).LastErrors());
    }

    private static ModelTrials OfSeeds(params (long Update, double Error)[][] seeds) => new("tanh", [.. seeds.Select((points, k) =>
        new RecordedTrial(SyntheticTrials.Manifest($"s{k}", "tanh", "standard", "10x1"),
            [.. points.Select(point => new CurvePoint(point.Update, "test", 1, point.Error))], [], []))]);
}
