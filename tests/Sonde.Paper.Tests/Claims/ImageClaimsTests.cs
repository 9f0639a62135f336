using Sonde.Paper.Claims.Images;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Tests.Claims;

/// <summary>Claims about the images of Shapeset.</summary>
public sealed class ImageClaimsTests
{
    [Theory]
    [InlineData(5, 60, 1000, nameof(Agreement.AgreesInOrder))]
    [InlineData(40, 60, 1000, nameof(Agreement.NotReachedYet))]
    [InlineData(40, 60, 200_000, nameof(Agreement.Differs))]
    [InlineData(60, 60, 1000, nameof(Agreement.NotReachedYet))]
    [InlineData(60, 60, 200_000, nameof(Agreement.Differs))]
    public void OneObjectIsEasy_GoesByErrorsAfterTheSameUpdates(double one, double both, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/one-object", PaperModel.TanhN, updates, one).Add("paper/shapeset", PaperModel.TanhN, updates, both);
        var result = new OneObjectIsEasy().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.StartsWith($"After {updates:N0} updates tanh N misclassifies {one:0.0} % of images of one object (chance 66.7 %)", result.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Overlap_IsMeasuredOnTheImages()
    {
        var shares = Overlap.Measure();
        Assert.InRange(shares.Count, 4000, 5000);
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        // Many pairs do not touch.
        Assert.InRange(shares.Count(share => share == 0) / (double)shares.Count, 0.1, 0.9);
        Assert.Equal(Agreement.AgreesInOrder, Overlap.Judge(shares).Agreement);
    }

    [Theory]
    [InlineData(0.5, nameof(Agreement.AgreesInOrder))]
    [InlineData(0.9, nameof(Agreement.Differs))]
    public void Overlap_GoesByTheLargestCoveredShare(double largest, string expected) =>
        Assert.Equal(expected, Overlap.Judge([0, 0.1, largest]).Agreement.ToString());

    [Fact]
    public void OneObjectIsEasy_WithoutAPointOfBothByThen_IsOpen()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/one-object", PaperModel.TanhN, 1000, 5).Add("paper/shapeset", PaperModel.TanhN, 30_000, 60);
        Assert.Equal(Agreement.NotRun, new OneObjectIsEasy().Evaluate(made.Runs).Agreement);
    }
}
