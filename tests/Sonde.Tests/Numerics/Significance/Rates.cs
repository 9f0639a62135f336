namespace Sonde.Tests.Numerics.Significance;

/// <summary>Holds counts of a simulation against the rate they should have.</summary>
internal static class Rates
{
    public static void AssertEqual(double rate, int count, int repetitions) =>
        Assert.InRange((double)count / repetitions, rate - Error(rate, repetitions), rate + Error(rate, repetitions));

    public static void AssertAtMost(double rate, int count, int repetitions) =>
        Assert.InRange((double)count / repetitions, 0, rate + Error(rate, repetitions));

    private static double Error(double rate, int repetitions) => Tolerances.StandardErrors * Math.Sqrt(rate * (1 - rate) / repetitions);
}
