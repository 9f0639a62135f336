using Sonde.Diagnosis;
using Sonde.Figures.Report;

namespace Sonde.Figures.Tests.Report;

public sealed class ReportFindingsTests
{
    private static readonly Finding Cause = new("inputs-unscaled", "Inputs are not scaled & huge.", new Dictionary<string, double>())
    {
        Id = "SO101", Label = "inputs-unscaled", Confidence = 0.9, Mechanism = "The first layer saturates.", Source = "[LeCun1998b]",
    };

    [Fact]
    public void Faults_AreListedWithTheirCauseAndMechanism()
    {
        var consequence = new Finding("saturated-at-start", "Layer 1 is saturated.", new Dictionary<string, double>())
        {
            Id = "SO301", Label = "saturated-at-start", Confidence = 0.8, ConsequenceOf = "SO101",
        };
        var html = ReportFindings.ToHtml(new("It has not learned.", [Cause, consequence]));
        Assert.Contains("<li><b>inputs-unscaled</b> (SO101, cause): Inputs are not scaled &amp; huge.<details><summary>Why</summary>The first layer saturates. "
            + "[LeCun1998b]</details></li>", html, StringComparison.Ordinal);
        Assert.Contains("(SO301, a consequence of inputs-unscaled): Layer 1 is saturated.</li>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void RemarksAndStates_AreNotListed() =>
        Assert.Equal("", ReportFindings.ToHtml(new("It learns.", [Cause with { Confidence = 0.4 }, Cause with { Label = "observation" }])));
}
