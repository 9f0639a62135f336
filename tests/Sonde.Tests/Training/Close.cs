namespace Sonde.Tests.Training;

/// <summary>Tensors that agree within <see cref="Tolerances.SinglePrecisionNetwork"/> of their largest value.</summary>
internal static class Close
{
    public static void Assert(IReadOnlyList<float> expected, IReadOnlyList<float> actual) => Assert([.. expected.Select(v => (double)v)], actual);

    public static void Assert(IReadOnlyList<double> expected, IReadOnlyList<float> actual)
    {
        Xunit.Assert.Equal(expected.Count, actual.Count);
        var tolerance = Tolerances.SinglePrecisionNetwork * (1e-30 + expected.Select(Math.Abs).DefaultIfEmpty(0).Max());
        for (var k = 0; k < expected.Count; k++)
            Xunit.Assert.True(Math.Abs(expected[k] - actual[k]) <= tolerance,
                $"element {k} of {expected.Count}: expected {expected[k]}, got {actual[k]}, tolerance {tolerance}");
    }
}
