using Sonde.Baselines.Kernels;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Baselines.Kernels;

/// <summary>The vector form of a step computes what the plain form does, to the bit.</summary>
public sealed class WorkingPairTests
{
    [Fact]
    public void VectorForm_IsThePlainFormToTheBit()
    {
        var random = new RandomKey(1, "working pairs").Stream(0);
        for (var count = 1; count < 40; count++)
            for (var attempt = 0; attempt < 20; attempt++)
            {
                // Few different values, so that there are ties, and ones that may neither rise nor fall.
                double Level(ref RandomStream from) => from.NextInt32(6) / 4.0 - 0.5;
                var (first, second, lacks) = (new float[count], new float[count], new double[count]);
                var (rise, fall) = (new double[count], new double[count]);
                for (var k = 0; k < count; k++)
                {
                    (first[k], second[k], lacks[k]) = (random.NextInt32(5) / 4f, random.NextInt32(5) / 4f, Level(ref random));
                    rise[k] = random.NextInt32(3) == 0 ? double.NegativeInfinity : 0;
                    fall[k] = random.NextInt32(3) == 0 ? double.PositiveInfinity : 0;
                }
                var highest = Level(ref random);
                Assert.Equal(WorkingPair.Second(highest, first, fall, lacks), WorkingPairSimd.Second(highest, first, fall, lacks));
                var plain = lacks.ToArray();
                var expected = WorkingPair.Step(first, second, 0.3, rise, fall, plain);
                Assert.Equal(expected, WorkingPairSimd.Step(first, second, 0.3, rise, fall, lacks));
                Assert.Equal(plain, lacks);
                Assert.Equal(expected, WorkingPair.Select(rise, fall, plain));
            }
    }

    [Fact]
    public void Sum_OfAnyLength_IsTheInnerProduct()
    {
        var random = new RandomKey(2, "sums").Stream(0);
        for (var count = 0; count < 70; count++)
        {
            var (row, coefficients) = (new float[count], new double[count]);
            for (var k = 0; k < count; k++)
                (row[k], coefficients[k]) = ((float)random.NextGaussian(), random.NextGaussian());
            var expected = Enumerable.Range(0, count).Sum(k => row[k] * coefficients[k]);
            Tolerances.AssertClose(expected, WorkingPairSimd.Sum(coefficients, row), Tolerances.DoubleRounding);
        }
    }
}
