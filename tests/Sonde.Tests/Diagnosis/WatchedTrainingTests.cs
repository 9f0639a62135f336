using Sonde.Data.Arrays;
using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Tests.Engines;
using Sonde.Training;

namespace Sonde.Tests.Diagnosis;

public sealed class WatchedTrainingTests
{
    [Fact]
    public void DefaultsAlone_GiveATrainedNetworkAndItsVerdict()
    {
        using var result = new WatchedTraining(new Corners(), [20, 20]) { Updates = 1000 }.Run();
        Assert.Equal(TrainingStatus.Done, result.Outcome.Status);
        Assert.StartsWith("It learns: the test error fell from ", result.Sentence, StringComparison.Ordinal);
        Assert.Equal(result.Log.Curve.Last(point => point.Split == "test").Error, result.Trained.Evaluate(new Corners(), examples: 2000).Error, 1e-9);
        Assert.Equal(Enumerable.Range(0, 11).Select(k => 100L * k), result.Log.Layers.Select(row => row.Update).Distinct());
        Assert.NotEmpty(result.Log.Histograms);
    }

    [Fact]
    public async Task Cancelled_ItReturnsWhatItHas()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Stopping(300, stop);
        using var result = await new WatchedTraining(new Corners(), [5]) { Updates = 1_000_000, EvaluationExamples = 100 }.RunAsync(progress, stop.Token);
        Assert.Equal((TrainingStatus.Interrupted, 300), (result.Outcome.Status, result.Outcome.Update));
        Assert.Single(result.Trained.Predict(new float[6]));
        // The verdict is about the network that was stopped, not about the one at update 0.
        Assert.Equal(300, result.Log.Curve.Last(point => point.Split == "test").Update);
        Assert.DoesNotContain("at update 0", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void FewerTestExamplesThanProbesUsuallySee_AreAllObserved()
    {
        var data = ArrayDataset.FromArrays(
            "few", [.. Enumerable.Range(0, 200).Select(k => k % 2 == 0 ? k : -k - 1f)], [.. Enumerable.Range(0, 200).Select(k => k % 2)]);
        using var result = new WatchedTraining(data, [3]) { Updates = 50 }.Run();
        Assert.Equal(20 * 3, result.Log.Layers.First(row => row is { Layer: 1, Quantity: Quantity.Activation }).Count);
    }

    [Fact]
    public void Divergence_IsTheFirstThingSaid()
    {
        using var result = new WatchedTraining(new Corners(), [5, 5])
        {
            Updates = 100, LearningRate = 1e30f, Activation = ActivationList.Find("linear")!, EvaluationExamples = 100,
        }.Run();
        Assert.StartsWith("Training diverged: ", result.Sentence, StringComparison.Ordinal);
        Assert.NotNull(result.Outcome.Divergence);
    }

    [Fact]
    public void ItsProbes_CanBeChosen()
    {
        var probe = new ProbePlan { Every = 50, Examples = 20, Quantities = ProbeQuantities.Economy };
        using var result = new WatchedTraining(new Corners(), [5]) { Updates = 100, Probe = probe, EvaluationExamples = 100 }.Run();
        Assert.Equal([Quantity.Activation, Quantity.BackpropagatedGradient], result.Log.Layers.Select(row => row.Quantity).Distinct());
        Assert.Equal([0L, 50, 100], result.Log.Layers.Select(row => row.Update).Distinct());
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ALearningRateThatIsNone_IsRefused(float rate) => Assert.StartsWith("A learning rate is a number above 0, such as 0.05;",
        Assert.Throws<ArgumentOutOfRangeException>(() => new WatchedTraining(new Corners(), [5]) { LearningRate = rate }.Run()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void OtherSettingsOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WatchedTraining(new Corners(), [5, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WatchedTraining(new Corners(), [5]) { Updates = 0 }.Run());
        Assert.Throws<ArgumentOutOfRangeException>(() => new WatchedTraining(new Corners(), [5]) { Batch = 0 }.Run());
        Assert.Throws<ArgumentOutOfRangeException>(() => new WatchedTraining(new Corners(), [5]) { EvaluationExamples = 0 }.Run());
        Assert.Throws<ArgumentNullException>(() => new WatchedTraining(null!, [5]));
    }

    private sealed class Stopping(long at, CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value == at)
                stop.Cancel();
        }
    }
}
