using System.Text.Json;

namespace Sonde.Cli.Tests.Diagnosing;

public sealed class DiagnoseCommandTests(SmallRun small) : IClassFixture<SmallRun>
{
    private const string Sigmoid = "sigmoid-standard-lr0.01-s1";

    [Fact]
    public void Json_HasEveryTrialWithItsFindingsCausesFirst()
    {
        var ended = Command.Run("diagnose", small.Folder, "--json");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var trials = JsonDocument.Parse(ended.Output).RootElement.GetProperty("trials").EnumerateArray().ToList();
        Assert.Equal(8, trials.Count);
        foreach (var trial in trials)
        {
            Assert.Contains(trial.GetProperty("outcome").GetString(), (string[])["learning", "slow", "plateau", "will-not-learn", "diverged", "unknown"]);
            var findings = trial.GetProperty("findings").EnumerateArray().ToList();
            Assert.NotEmpty(findings);
            Assert.All(findings, finding => Assert.Matches("^SO[0-9]{3}$", finding.GetProperty("id").GetString()));
            Assert.All(findings, finding => Assert.InRange(finding.GetProperty("confidence").GetDouble(), 0, 1));
            var isConsequence = findings.Select(finding => finding.GetProperty("consequenceOf").ValueKind != JsonValueKind.Null).ToList();
            Assert.Equal(isConsequence.Order(), isConsequence);
        }
    }

    [Fact]
    public void OneTrial_IsDiagnosedAlone()
    {
        var ended = Command.Run("diagnose", small.Folder, Sigmoid);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.StartsWith($"{Sigmoid}: ", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("tanh-", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownTrial_IsRefusedWithThoseThereAre()
    {
        var ended = Command.Run("diagnose", small.Folder, "nothing");
        Assert.Equal(1, ended.Code);
        Assert.Contains("has no trial 'nothing'; it has ", ended.Error, StringComparison.Ordinal);
    }
}
