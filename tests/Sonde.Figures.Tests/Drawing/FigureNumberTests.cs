using Sonde.Figures.Drawing;

namespace Sonde.Figures.Tests.Drawing;

public sealed class FigureNumberTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0017, "0.0017")]
    [InlineData(0.58, "0.58")]
    [InlineData(9.83, "9.8")]
    [InlineData(9.97, "10")]
    [InlineData(0.0999, "0.10")]
    [InlineData(329, "330")]
    [InlineData(17_234, "17,000")]
    [InlineData(4.2e-5, "4.2e-5")]
    [InlineData(1e30, "1.0e+30")]
    [InlineData(-0.25, "-0.25")]
    public void TwoDigits_AreKept(double value, string text) => Assert.Equal(text, FigureNumber.TwoDigits(value));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(100, "100 %")]
    [InlineData(83.41, "83.4 %")]
    [InlineData(0.01, "0.010 %")]
    public void PerCent_OfASmallNumber_IsNotZero(double value, string text) => Assert.Equal(text, FigureNumber.PerCent(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0001, "<1")]
    [InlineData(0.42, "42")]
    [InlineData(0.9999, ">99")]
    [InlineData(1, "100")]
    public void WholePerCent_ShowsOnlyNoneAndAllAsSuch(double share, string text) => Assert.Equal(text, FigureNumber.WholePerCent(share));
}
