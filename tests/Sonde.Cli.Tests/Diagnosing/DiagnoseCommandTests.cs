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
    public void WhatAnActivationHasNot_IsADash()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("leaky.yaml", """
            study: leaky
            data: {name: shapeset, side: 16, objects: 1}
            network: {hidden: 20x2, activation: leaky-relu}
            training: {updates: 40}
            probe: {every: 20, examples: 20}
            evaluate: {examples: 60}
            """);
        Assert.Equal(0, Command.Run("run", study, "--out", scratch["run"]).Code);
        var ended = Command.Run("diagnose", scratch["run"]);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Contains("sd of z", ended.Output, StringComparison.Ordinal);
        Assert.Contains(" - ", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("- to -", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Prove_TriesTheRemediesOfOneTrialAndApplyWritesAStudyThatRuns()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("deep.yaml", """
            study: deep
            data: {name: shapeset, side: 16, objects: 1}
            network: {hidden: 20x3, activation: sigmoid}
            training: {updates: 40}
            probe: {examples: 20}
            evaluate: {examples: 60}
            """);
        Assert.Equal(0, Command.Run("run", study, "--out", scratch["run"]).Code);
        string[] prove = ["diagnose", scratch["run"], "--prove", "--seeds", "2", "--budget", "20", "--json"];
        var ended = Command.Run(prove);
        Assert.True(ended.Code == 0, ended.Error);
        var trial = JsonDocument.Parse(ended.Output).RootElement.GetProperty("trials")[0];
        Assert.Equal(20, trial.GetProperty("proof").GetProperty("updates").GetInt64());
        var tried = trial.GetProperty("proof").GetProperty("tried").EnumerateArray().Select(name => name.GetString()).ToList();
        Assert.NotEmpty(tried);
        var remedies = trial.GetProperty("findings").EnumerateArray().SelectMany(finding => finding.GetProperty("remedies").EnumerateArray()).ToList();
        Assert.All(remedies, remedy => Assert.NotEmpty(remedy.GetProperty("set").EnumerateObject()));
        var proofs = remedies.Where(remedy => remedy.TryGetProperty("proof", out _)).ToList();
        Assert.Equal(tried.Order(), proofs.Select(remedy => remedy.GetProperty("name").GetString()).Distinct().Order());
        Assert.All(proofs, remedy => Assert.Equal((2, 2),
            (remedy.GetProperty("proof").GetProperty("seeds").GetInt32(), remedy.GetProperty("proof").GetProperty("interval").GetArrayLength())));
        // What was trained once is not trained again.
        Assert.Equal(ended.Output, Command.Run(prove).Output);

        ended = Command.Run("diagnose", scratch["run"], "--apply", scratch["mended.yaml"]);
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("mended.yaml: the study with ", ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, Command.Run("run", scratch["mended.yaml"], "--dry-run").Code);
        ended = Command.Run("diagnose", scratch["run"], "--apply", scratch["mended.yaml"]);
        Assert.Equal(2, ended.Code);
        Assert.Contains("expected a new file for the mended study, got one that exists. Name another file with --apply, or remove it.", ended.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ProveOfSeveralTrials_AsksForOne()
    {
        var ended = Command.Run("diagnose", small.Folder, "--prove");
        Assert.Equal(2, ended.Code);
        Assert.Contains("expected one trial with --prove, got 8: ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownTrial_IsRefusedWithThoseThereAre()
    {
        var ended = Command.Run("diagnose", small.Folder, "nothing");
        Assert.Equal(1, ended.Code);
        Assert.Contains("has no trial 'nothing'; it has ", ended.Error, StringComparison.Ordinal);
    }
}
