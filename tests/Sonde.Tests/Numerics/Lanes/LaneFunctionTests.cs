using Sonde.Networks.Activations;
using Sonde.Numerics.Lanes;

namespace Sonde.Tests.Numerics.Lanes;

public sealed class LaneFunctionTests
{
    [Fact]
    public void Tanh_IsWithinAnUlpOrSoOfDoublePrecision() =>
        AssertUlps(s => Math.Tanh(s), Value<Lanes4>(Lanes4.Tanh), Value<Lanes8>(Lanes8.Tanh), Value<Lanes16>(Lanes16.Tanh), 0x7F7FFFFF,
            Tolerances.VectorTanhUlps);

    [Fact]
    public void Exp_IsWithinAnUlpOfDoublePrecision() =>
        AssertUlps(Math.Exp, Value<Lanes4>(Lanes4.Exp), Value<Lanes8>(Lanes8.Exp), Value<Lanes16>(Lanes16.Exp), Bits(87), Tolerances.VectorExpUlps);

    [Fact]
    public void Sigmoid_IsWithinAnUlpOrSoOfDoublePrecisionInBothTails() => AssertUlps(
        s => 1 / (1 + Math.Exp(-s)), Value<Lanes4>(Sigmoid.Value), Value<Lanes8>(Sigmoid.Value), Value<Lanes16>(Sigmoid.Value), Bits(87),
            Tolerances.VectorSigmoidUlps);

    [Fact]
    public void TanhOfEdges_IsWhatItShouldBe()
    {
        var tanh = Value<Lanes8>(Lanes8.Tanh);
        Assert.Equal(1, tanh(float.PositiveInfinity));
        Assert.Equal(-1, tanh(float.NegativeInfinity));
        Assert.True(float.IsNaN(tanh(float.NaN)));
        Assert.Equal(0, tanh(0));
        Assert.Equal(1e-40f, tanh(1e-40f));
    }

    [Fact]
    public void ExpOfEdges_IsWhatItShouldBe()
    {
        foreach (var exp in (Func<float, float>[])[Value<Lanes4>(Lanes4.Exp), Value<Lanes8>(Lanes8.Exp), Value<Lanes16>(Lanes16.Exp)])
        {
            Assert.Equal(float.PositiveInfinity, exp(float.PositiveInfinity));
            Assert.Equal(float.PositiveInfinity, exp(88.73f));
            Assert.True(float.IsFinite(exp(88.72f)));
            Assert.Equal(0, exp(float.NegativeInfinity));
            Assert.Equal(0, exp(-104f));
            Assert.Equal(MathF.Exp(-103f), exp(-103f));
            Assert.Equal(1, exp(0));
            Assert.Equal(1, exp(-0f));
            Assert.True(float.IsNaN(exp(float.NaN)));
        }
    }

    [Fact]
    public unsafe void Sum_AddsByHalves()
    {
        float[] values = [1e8f, 1, 2, 3, 4, 5, 6, 7, -1e8f, 9, 10, 11, 12, 13, 14, 15];
        fixed (float* p = values)
        {
            // ((0+8)+(4+12)) + ((2+10)+(6+14)) ..., lane k with lane k + Count/2.
            Assert.Equal(112, Lanes16.Sum(Lanes16.Load(p)));
            Assert.Equal(((values[0] + values[4]) + (values[2] + values[6])) + ((values[1] + values[5]) + (values[3] + values[7])), Lanes8.Sum(Lanes8.Load(p)));
            Assert.Equal((values[0] + values[2]) + (values[1] + values[3]), Lanes4.Sum(Lanes4.Load(p)));
        }
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static Func<float, float> Value<TLanes>(Func<TLanes, TLanes> function) where TLanes : struct, IVectorLanes<TLanes> => s =>
    {
        unsafe
        {
            var lanes = stackalloc float[16];
            TLanes.Store(function(TLanes.Broadcast(s)), lanes);
            for (var k = 1; k < TLanes.Count; k++)
                Assert.Equal(lanes[0], lanes[k]);
            return lanes[0];
        }
    };

    // Both signs of every 49,999th float up to the largest; every width, whether this machine has it or the runtime emulates it.
    private static void AssertUlps(
        Func<double, double> exact, Func<float, float> four, Func<float, float> eight, Func<float, float> sixteen, uint largest, double limit)
    {
        double worst = 0;
        var where = 0f;
        for (var bits = 0x00800000u; bits <= largest; bits += 49_999)
            foreach (var s in (float[])[BitConverter.UInt32BitsToSingle(bits), -BitConverter.UInt32BitsToSingle(bits)])
            {
                var (expected, actual) = (exact(s), eight(s));
                Assert.Equal(actual, four(s));
                Assert.Equal(actual, sixteen(s));
                var ulps = Math.Abs(actual - expected) / ((double)MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected));
                if (!(ulps <= worst))
                    (worst, where) = (ulps, s);
            }
        Assert.True(worst <= limit, $"Expected at most {limit} ulps, got {worst:0.00} at {where:R}.");
        TestContext.Current.TestOutputHelper?.WriteLine($"worst error {worst:0.00} ulps, at {where:R}");
    }
}
