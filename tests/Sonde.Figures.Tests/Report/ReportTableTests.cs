using Sonde.Figures.Report;

namespace Sonde.Figures.Tests.Report;

public sealed class ReportTableTests
{
    [Theory]
    [InlineData(0.0094, "0.0094")]
    [InlineData(0.58, "0.58")]
    [InlineData(2.0, "2.0")]
    [InlineData(1234.0, "1,200")]
    [InlineData(0.00042, "0.00042")]
    [InlineData(null, "–")]
    public void Ratio_HasTwoDigits(double? ratio, string text) => Assert.Equal(text, ReportTable.Ratio(ratio));
}
