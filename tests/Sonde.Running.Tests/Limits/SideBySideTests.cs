using Sonde.Running.Limits;

namespace Sonde.Running.Tests.Limits;

public sealed class SideBySideTests
{
    [Fact]
    public void Sum_AddsTheRatesOfAllThreads() => Assert.Equal(6, SideBySide.Sum(3, () => 2));

    /// <summary>An unknown name in SONDE_KERNELS ended <c>sonde doctor --bench</c> with a stack: nobody caught what a thread threw.</summary>
    [Fact]
    public void OneThreadFails_TheCallerGetsItsException() =>
        Assert.Equal("no such kernels", Assert.Throws<ArgumentException>(
            () => SideBySide.Sum(2, () => throw new ArgumentException("no such kernels"))).Message);
}
