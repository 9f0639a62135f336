using Sonde.Diagnosis;

namespace Sonde.Tests.Diagnosis;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(83.44, "83.4 %")]
    [InlineData(0, "0.0 %")]
    [InlineData(0.04, "0.040 %")]
    [InlineData(0.06, "0.1 %")]
    [InlineData(100, "100.0 %")]
    public void PerCent_NeverRoundsToZero(double value, string text) => Assert.Equal(text, NumberText.PerCent(value));

    [Theory]
    [InlineData(0.424, "42 %")]
    [InlineData(0, "0 %")]
    [InlineData(0.0023, "0.23 %")]
    [InlineData(0.9971, "over 99 %")]
    [InlineData(1, "100 %")]
    public void Share_SaysZeroAndAllOnlyIfTheyAre(double share, string text) => Assert.Equal(text, NumberText.Share(share));

    [Theory]
    [InlineData(17_241.4, "17,000")]
    [InlineData(345.6, "350")]
    [InlineData(35.2, "35")]
    [InlineData(99.6, "100")]
    [InlineData(4.21, "4.2")]
    [InlineData(2.5e9, "2.5e9")]
    public void Times_HasTwoDigits(double factor, string text) => Assert.Equal(text, NumberText.Times(factor));

    [Theory]
    [InlineData(0.0062, "0.0062")]
    [InlineData(5.8e-5, "5.8e-5")]
    [InlineData(1e30, "1.0e30")]
    [InlineData(12.3, "12")]
    public void Number_HasTwoDigits(double value, string text) => Assert.Equal(text, NumberText.Number(value));
}
