using System.Globalization;
using Sonde.Studies.Errors;
using Sonde.Studies.Grids;

namespace Sonde.Studies.Tests.Grids;

public sealed class SampledRangesTests
{
    [Theory]
    [InlineData("sobol")]
    [InlineData("random")]
    public void Range_BecomesTrialsWithValuesInIt(string method)
    {
        var rates = Rates($"{{from: 0.0001, to: 1, scale: log, samples: 20, method: {method}}}");
        Assert.Equal(20, rates.Distinct().Count());
        Assert.All(rates, rate => Assert.InRange(rate, 0.0001, 1));
        // On a log scale about half of them are below the geometric middle.
        Assert.InRange(rates.Count(rate => rate < 0.01), 5, 15);
    }

    [Theory]
    [InlineData("sobol")]
    [InlineData("random")]
    public void MoreSamples_BeginWithTheSameTrials(string method)
    {
        var few = Trials($"training: {{learningRate: {{from: 0.001, to: 1, samples: 5, method: {method}}}}}");
        var many = Trials($"training: {{learningRate: {{from: 0.001, to: 1, samples: 50, method: {method}}}}}");
        Assert.Equal(few.Select(trial => trial.Id), many.Take(5).Select(trial => trial.Id));
    }

    [Fact]
    public void SeedOfARange_GivesOtherValues() => Assert.NotEqual(
        Rates("{from: 0.001, to: 1, samples: 5}"), Rates("{from: 0.001, to: 1, samples: 5, seed: 2}"));

    [Fact]
    public void SampledFields_VaryTogetherAndFormAGridWithLists()
    {
        const string Text = """
            study: s
            network: {activation: [tanh, softsign]}
            training:
              learningRate: {from: 0.001, to: 1, scale: log, samples: 6}
              weightDecay: {from: 0.000001, to: 0.01, scale: log, samples: 6}
            """;
        var study = StudyFile.Parse(Text, "s.yaml");
        Assert.Equal(12, study.Trials.Count);
        Assert.Equal(6, study.Trials.Select(t => (t.Setting.Flat["training.learningRate"], t.Setting.Flat["training.weightDecay"])).Distinct().Count());
        // study.yaml holds the values themselves.
        var again = StudyFile.Parse(StudyFile.Write(study), "study.yaml");
        Assert.Equal(study.Trials.Select(trial => trial.Id), again.Trials.Select(trial => trial.Id));
    }

    [Fact]
    public void WholeNumbers_AreRounded()
    {
        var batches = Trials("training: {batch: {from: 1, to: 100, scale: log, samples: 8}}").Select(trial => trial.Setting.Plan.Batch).ToList();
        Assert.Equal(batches.Distinct(), batches);
        Assert.All(batches, batch => Assert.InRange(batch, 1, 100));
    }

    /// <summary>The property that defines a (0, 4, 2) net, of the first two dimensions, and of every dimension alone.</summary>
    [Fact]
    public void SobolNumbers_FillEveryElementaryIntervalOnce()
    {
        for (var dimension = 0; dimension < 8; dimension++)
            Assert.Equal(64, Enumerable.Range(0, 64).Select(k => SampledRanges.SobolNumber((uint)k, dimension) >> 26).Distinct().Count());
        for (var bits = 0; bits <= 4; bits++)
            Assert.Equal(16, Enumerable.Range(0, 16).Select(k => (Top(k, 0, bits), Top(k, 1, 4 - bits))).Distinct().Count());
    }

    /// <summary>Pairs of later dimensions, which wrong direction numbers would leave correlated.</summary>
    [Fact]
    public void SobolNumbersOfTwoDimensions_AreNotCorrelated()
    {
        for (var one = 0; one < 8; one++)
            for (var other = 0; other < one; other++)
            {
                var (x, y) = (Units(one), Units(other));
                var correlation = x.Zip(y, (a, b) => (a - 0.5) * (b - 0.5)).Average() * 12;
                Assert.InRange(correlation, -0.05, 0.05);
            }
    }

    [Theory]
    [InlineData("{from: 1, to: 0.1, samples: 3}", "numbers 'from' below 'to'")]
    [InlineData("{from: 0, to: 1, scale: log, samples: 3}", "a range above 0")]
    [InlineData("{from: 0.1, to: 1, samples: 0}", "'samples' from 1 to 10000")]
    [InlineData("{from: 0.1, to: 1}", "'samples' from 1 to 10000")]
    [InlineData("{from: 0.1, to: 1, samples: 3, scale: ln}", "the scale log or linear")]
    [InlineData("{from: 0.1, to: 1, samples: 3, method: grid}", "the method sobol or random")]
    [InlineData("{from: 0.1, to: 1, samples: 3, steps: 4}", "got 'steps'")]
    [InlineData("{from: 0.1, to: 1, samples: 3, seed: -1}", "a seed of 0 or more")]
    [InlineData("{from: -1, to: 1, samples: 9}", "Change 'from' or 'to'")]
    public void RangeThatMeansNothing_IsRefused(string range, string expected) =>
        Assert.Contains(expected, Assert.Throws<StudyException>(() => Rates(range)).Message);

    [Fact]
    public void RangesOfDifferentLengths_AreRefused() => Assert.Contains("as many samples for each range, 3", Assert.Throws<StudyException>(() => Trials(
        "training: {learningRate: {from: 0.1, to: 1, samples: 3}, weightDecay: {from: 0.1, to: 1, samples: 4}}")).Message);

    private static uint Top(int k, int dimension, int bits) => (uint)((ulong)SampledRanges.SobolNumber((uint)k, dimension) >> (32 - bits));

    private static double[] Units(int dimension) => [.. Enumerable.Range(0, 256).Select(k => SampledRanges.SobolNumber((uint)k, dimension) / Math.Pow(2, 32))];

    private static IReadOnlyList<Trial> Trials(string yaml) => StudyFile.Parse($"study: s\n{yaml}", "s.yaml").Trials;

    private static List<double> Rates(string range) => [.. Trials($"training: {{learningRate: {range}}}")
        .Select(trial => double.Parse(trial.Setting.Flat["training.learningRate"], CultureInfo.InvariantCulture))];
}
