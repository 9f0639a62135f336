using Sonde.Data.Fetching;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Running.Tests;

/// <summary>Findings appear while a trial is trained, and may stop it.</summary>
public sealed class FindingsWhileTrainingTests : IDisposable
{
    // All units of a layer start alike, and stay alike.
    private const string Alike = """
        study: alike
        data: {name: shapeset, side: 16}
        network: {hidden: 10x2, init: constant(0.05)}
        training: {updates: 60, batch: 5}
        probe: {every: 5, examples: 20}
        evaluate: {every: 5, examples: 40}
        checkpoint: {every: 20}
        seeds: 1
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-findings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AFault_IsRecordedWithItsUpdateAndShown()
    {
        var runner = Train("run");
        var trial = runner.Run.ReadTrial(runner.Trials[0].Trial.Id);
        var finding = trial.Findings.First(finding => finding.Name == "symmetric-units");
        Assert.Equal(("SO208", "symmetric-units", 5L), (finding.Id, finding.Label, finding.LastUpdate));
        Assert.Equal([1, 2], finding.Layers);
        Assert.InRange(finding.Confidence, 0.5, 1);
        Assert.Contains("symmetric-units", runner.Trials[0].Now.Findings);
        Assert.Contains(trial.Manifest.Files, file => file.Path == "findings/all.parquet");
    }

    [Fact]
    public void AMutedFinding_IsNeitherRecordedNorInTheVerdict()
    {
        var runner = Train("run", "findings.mute=symmetric-units");
        var trial = runner.Run.ReadTrial(runner.Trials[0].Trial.Id);
        Assert.DoesNotContain(trial.Findings, finding => finding.Id == "SO208");
        Assert.DoesNotContain(Analysis.Trials.TrialFacts.VerdictOf(trial).Findings, finding => finding.Id == "SO208");
        Assert.Equal("SO208", trial.Manifest.Setting["findings.mute"]);
    }

    [Fact]
    public void AFindingThatStops_IsTheReasonThatIsRecorded_AndTheTrialStaysStopped()
    {
        foreach (var _ in (ReadOnlySpan<int>)[1, 2])
        {
            var runner = Train("run", "findings.stop=SO208");
            var manifest = runner.Run.ReadManifest(runner.Trials[0].Trial.Id);
            Assert.Equal((TrialStatus.Done, 5L), (manifest.Status, manifest.Updates));
            Assert.StartsWith("Stopped by the finding SO208 symmetric-units, as the study asks: The units of every hidden layer", manifest.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnUnknownFinding_IsRefusedWithTheNearest() => Assert.Contains("symmetric-units",
        Assert.Throws<Sonde.Studies.Errors.StudyException>(() => StudyFile.Parse(Alike, "t.yaml", ["findings.mute=symmetric-unit"])).Message,
            StringComparison.Ordinal);

    private StudyRunner Train(string name, params string[] overrides)
    {
        var runner = new StudyRunner(StudyFile.Parse(Alike, "t.yaml", overrides), Path.Combine(folder, name),
            new() { Data = DataFolder.OfUser(folder), Threads = 1 }, TimeProvider.System);
        runner.Train(CancellationToken.None);
        Assert.Empty(runner.Failures);
        return runner;
    }
}
