using Sonde.Analysis.Trials;
using Sonde.Studies;

namespace Sonde.Analysis.Tests.Trials;

public sealed class VerdictGroupTests
{
    [Fact]
    public void HealthyTrialsOfALargeStudy_AreOneLine()
    {
        var group = Assert.Single(VerdictGroup.Of([.. Enumerable.Range(1, 16).Select(k => Trial($"t{k}", 2 + k / 4.0, isHealthy: true))]));
        Assert.Equal(("16 trials", "They learn well: the test error at the end is 2.3 % (t1) to 6.0 % (t16)."), (group.Heading, group.Sentence));
        Assert.Null(group.Others);
    }

    [Fact]
    public void TrialsWithTheSameFindings_ShareASentence()
    {
        var groups = VerdictGroup.Of(
        [
            Trial("a", 88, named: ["StuckAtChance", "SmallSteps"]), Trial("b", 3, isHealthy: true),
            .. Enumerable.Range(1, 6).Select(k => Trial($"c{k}", 87 + k / 10.0, named: ["StuckAtChance", "SmallSteps"])),
            Trial("d", 87, named: ["StuckAtChance"]),
        ]);
        Assert.Equal(["a", "b", "d"], groups.Select(group => group.Heading));
        Assert.Equal(["Much the same holds for c1, c2, c3 and 3 more, with 87.1 % to 87.6 % test error.", null, null], groups.Select(group => group.Others));
        Assert.Equal("Sentence of a.", groups[0].Sentence);
    }

    [Fact]
    public void TrialsOfASmallStudy_HaveASentenceEach() =>
        Assert.Equal(["a", "b"], VerdictGroup.Of([Trial("a", 3, isHealthy: true), Trial("b", 3, isHealthy: true)]).Select(group => group.Heading));

    [Fact]
    public void TrialsThatEndedDifferently_AreNotAlike() => Assert.Equal(7, VerdictGroup.Of(
        [.. Enumerable.Range(1, 7).Select(k => Trial($"t{k}", 88, $"status {k}"))]).Count);

    private static TrialSummary Trial(string id, double error, string status = "done", bool isHealthy = false, string[]? named = null) => new(
        new(id, TrialSetting.Read(new Dictionary<string, string>()), new([100])), status, 10, error, [], null, null,
        new($"Sentence of {id}.", []) { Named = named ?? ["Learning"], IsHealthy = isHealthy });
}
