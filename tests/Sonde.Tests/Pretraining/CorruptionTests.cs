using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;
using Sonde.Pretraining;
using Sonde.Tests.Training;

namespace Sonde.Tests.Pretraining;

public sealed class CorruptionTests
{
    private const int Values = 40_000;
    private static readonly ValueRange Range = new(-1, 1);

    [Fact]
    public void Masking_ZeroesTheShareAndLeavesTheRest()
    {
        var corrupted = Corrupted("masking", 0.25f);
        AssertShare(0.25, corrupted.Count(value => value == 0));
        Assert.All(corrupted, value => Assert.True(value is 0 or 0.5f));
    }

    [Fact]
    public void SaltAndPepper_GoesToEitherEndAsOften()
    {
        var corrupted = Corrupted("salt-and-pepper", 0.4f);
        AssertShare(0.2, corrupted.Count(value => value == -1));
        AssertShare(0.2, corrupted.Count(value => value == 1));
        Assert.All(corrupted, value => Assert.True(value is -1 or 1 or 0.5f));
    }

    [Fact]
    public void Gaussian_AddsNoiseOfItsStandardDeviation()
    {
        double[] noise = [.. Corrupted("gaussian", 0.3f).Select(value => value - 0.5)];
        Assert.Equal(0, noise.Average(), Tolerances.StandardErrors * 0.3 / Math.Sqrt(Values));
        Assert.Equal(0.09, noise.Average(value => value * value), Tolerances.StandardErrors * 0.09 * Math.Sqrt(2.0 / Values));
    }

    [Fact]
    public void NoNoise_ChangesNothing() =>
        Assert.All(CorruptionList.All, corruption => Assert.All(Corrupted(corruption.Name, 0), value => Assert.Equal(0.5f, value)));

    [Fact]
    public void Noise_IsAFunctionOfSeedLayerAndExampleAlone()
    {
        float[] Of(ulong seed, int layer, long example, bool isTraining = true)
        {
            var values = Enumerable.Repeat(0.5f, 40).ToArray();
            new PretrainingSetting(TestNetworks.Of("tanh", 40, [40, 40], 2), 4, new() { Updates = 1 }, Range, seed).Corrupt(layer, example, isTraining, values);
            return values;
        }

        Assert.Equal(Of(1, 1, 5), Of(1, 1, 5));
        Assert.Equal(Of(1, 2, 5, isTraining: false), Of(2, 2, 5, isTraining: false));
        Assert.Equal(5, new[] { Of(1, 1, 5), Of(2, 1, 5), Of(1, 2, 5), Of(1, 1, 6), Of(1, 1, 5, isTraining: false) }
            .Select(values => string.Join(' ', values)).Distinct().Count());
    }

    [Fact]
    public void AnyPartOfAnExample_IsCorruptedLikeTheWhole()
    {
        foreach (var corruption in CorruptionList.All)
        {
            var setting = new PretrainingSetting(TestNetworks.Of("tanh", 700, [4], 2), 4, new() { Updates = 1, Corruption = corruption }, Range, 1);
            var (whole, parts) = (Enumerable.Repeat(0.5f, 700).ToArray(), Enumerable.Repeat(0.5f, 700).ToArray());
            setting.Corrupt(1, 9, isTraining: true, whole);
            foreach (var (from, to) in (ReadOnlySpan<(int, int)>)[(0, 3), (3, 320), (320, 700)])
                setting.Corrupt(1, 9, isTraining: true, parts.AsSpan(from, to - from), from);
            Assert.Equal(whole, parts);
        }
    }

    private static float[] Corrupted(string name, float noise)
    {
        var values = Enumerable.Repeat(0.5f, Values).ToArray();
        var random = new RandomKey(3, name).Stream();
        CorruptionList.Find(name)!.Apply(noise, Range, ref random, values);
        return values;
    }

    private static void AssertShare(double share, int count) =>
        Assert.Equal(share, count / (double)Values, Tolerances.StandardErrors * Math.Sqrt(share * (1 - share) / Values));
}
