using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sonde.Cli.Tests.Status;

public sealed class VerifyTests : IDisposable
{
    private const string Study = """
        study: small
        data: {name: shapeset, side: 16}
        network: {hidden: 10x2}
        training: {updates: 20}
        probe: {every: 10, examples: 10}
        evaluate: {every: 10, examples: 20}
        checkpoint: {every: 10}
        variants: {first: , second: }
        """;

    private readonly Scratch scratch = new();
    private readonly string study, run, layers;

    public VerifyTests()
    {
        (study, run) = (scratch.Write("small.yaml", Study), scratch["out"]);
        layers = Path.Combine(run, "trials", "first-s1", "layers", "all.parquet");
        Assert.Equal(0, Run().Code);
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void WholeRun_IsSaidToBeWhole()
    {
        var ended = Command.Run("verify", run);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Matches("(?m)^first-s1: done, 9 files, [0-9,]+ bytes$", ended.Output);
        Assert.EndsWith($"{run}: all files are as Sonde wrote them\n", ended.Output);
        using var document = JsonDocument.Parse(Command.Run("verify", run, "--json").Output);
        Assert.True(document.RootElement.GetProperty("isWhole").GetBoolean());
        Assert.Equal(9, document.RootElement.GetProperty("trials")[1].GetProperty("files").GetInt32());
    }

    [Fact]
    public void TrialWhoseFolderIsGone_IsNamed()
    {
        Directory.Delete(Path.Combine(run, "trials", "second-s1"), recursive: true);
        var ended = Command.Run("verify", run);
        Assert.Contains("1 trial of the study has no records: not begun yet, or removed since: second-s1\n", ended.Output);
        using var document = JsonDocument.Parse(Command.Run("verify", run, "--json").Output);
        Assert.Equal("second-s1", document.RootElement.GetProperty("withoutRecords")[0].GetString());

        File.WriteAllText(Path.Combine(run, "trials", "second-s1"), "a note");
        ended = Command.Run("verify", run);
        Assert.Equal(1, ended.Code);
        Assert.Contains($"{Path.Combine(run, "trials", "second-s1")}: expected a folder, found a file. Move it away, and restore the folder from a copy.\n",
            ended.Output);
        Assert.Contains("A file is where a folder has to be: move it away, then run the same command again", Run().Error);

        Directory.Delete(Path.Combine(run, "trials", "first-s1"), recursive: true);
        File.Delete(Path.Combine(run, "trials", "second-s1"));
        Directory.Delete(Path.Combine(run, "trials"), recursive: true);
        File.WriteAllText(Path.Combine(run, "trials"), "");
        Assert.Contains($"{Path.Combine(run, "trials")}: expected a folder, found a file.", Command.Run("verify", run).Output);
    }

    [Fact]
    public void EmptyManifest_IsCalledAnEmptyFile()
    {
        var manifest = Path.Combine(run, "trials", "first-s1", "trial.json");
        File.WriteAllText(manifest, "");
        Assert.Contains($"{manifest}: expected the JSON that Sonde wrote, with its digest, found an empty file. ", Command.Run("verify", run).Output);
        File.WriteAllText(manifest, "{\n\"digest\": x");
        Assert.Contains("found 13 bytes that are not (line 2 cannot be read). ", Command.Run("verify", run).Output);
    }

    [Fact]
    public void DamagedTable_IsNamedTheRestIsShownAndRunMakesItAnew()
    {
        var before = Directory.CreateDirectory(scratch["before"]);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(run, "trials"), "*", SearchOption.AllDirectories))
            Copy(file, Path.Combine(before.FullName, Path.GetRelativePath(run, file)));
        Flip(layers, 70);

        var verified = Command.Run("verify", run);
        Assert.Equal(1, verified.Code);
        Assert.Contains($"first-s1: damaged, 9 files", verified.Output);
        Assert.Contains($"  {layers}: expected content with SHA-256 ", verified.Output);
        Assert.Contains("second-s1: done, 9 files", verified.Output);
        using var document = JsonDocument.Parse(Command.Run("verify", run, "--json").Output);
        Assert.False(document.RootElement.GetProperty("isWhole").GetBoolean());
        Assert.StartsWith(layers, document.RootElement.GetProperty("trials")[0].GetProperty("damage")[0].GetString());

        var status = Command.Run("status", run);
        Assert.Equal(0, status.Code);
        Assert.Contains($"first-s1: The trial is damaged: {layers}: expected ", status.Output);
        Assert.Matches(@"(?m)^\s*second-s1\s+done", status.Output);
        Assert.Equal(0, Command.Run("report", run).Code);

        var again = Run();
        Assert.Equal(0, again.Code);
        Assert.Contains("first-s1: starts again from the beginning; its files are kept in damaged-1: ", again.Error);
        Assert.Contains("damaged-1 is not part of the trial: a process left it behind, or Sonde moved it aside.", Command.Run("verify", run).Output);
        Directory.Delete(Path.Combine(run, "trials", "first-s1", "damaged-1"), recursive: true);
        RecordedNumbers.AssertSame(before.FullName, run);
    }

    [Fact]
    public void DamagedStudy_IsNamedAndWrittenAgainFromTheGivenStudy()
    {
        var path = Path.Combine(run, "study.yaml");
        var whole = File.ReadAllText(path);
        File.WriteAllText(path, whole.Replace("updates: 20", "updates: 30", StringComparison.Ordinal));
        Assert.Contains($"{path}: expected the study as Sonde wrote it, with its digest in the last line, found ", Command.Run("verify", run).Output);
        Assert.Equal(0, Command.Run("status", run).Code);

        var other = Command.Run("run", scratch.Write("other.yaml", Study.Replace("updates: 20", "updates: 30", StringComparison.Ordinal)), "--out", run);
        Assert.Equal(2, other.Code);
        Assert.Contains("The given study does not have the trial first-s1 that is recorded there.", other.Error);

        var again = Run();
        Assert.Equal(0, again.Code);
        Assert.Contains($"It is kept as {path}.damaged, and the given study is written in its place.", again.Error);
        Assert.Equal(whole, File.ReadAllText(path));
    }

    [Fact]
    public void DamagedTrialJson_DoesNotHideTheOthers()
    {
        File.WriteAllText(Path.Combine(run, "trials", "first-s1", "trial.json"), "{}");
        var status = Command.Run("status", run, "--json");
        Assert.Equal(0, status.Code);
        using var document = JsonDocument.Parse(status.Output);
        Assert.Equal(["damaged", "done"], document.RootElement.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("status").GetString()));
        Assert.Equal(0, Run().Code);
        Assert.Equal("done", RecordedNumbers.StatusOf(run, "first-s1"));
    }

    /// <summary>A copy beside the original once counted as a second seed.</summary>
    [Fact]
    public void CopiedTrial_IsSaidToBeOneAndLeftOutOfEverything()
    {
        var (trials, before) = (Path.Combine(run, "trials"), Compared());
        foreach (var file in Directory.EnumerateFiles(Path.Combine(trials, "first-s1"), "*", SearchOption.AllDirectories))
            Copy(file, Path.Combine(trials, "first-s1-copy", Path.GetRelativePath(Path.Combine(trials, "first-s1"), file)));
        var after = Compared();
        Assert.StartsWith("3 trials: 2 done, 1 damaged", after["summary"]!["verdict"]!.GetValue<string>());
        before.AsObject().Remove("summary");
        after.AsObject().Remove("summary");
        Assert.Equal(before.ToJsonString(), after.ToJsonString());
        var verified = Command.Run("verify", run);
        Assert.Equal(1, verified.Code);
        Assert.Contains("expected the trial first-s1-copy, found a copy of the trial first-s1. Move the folder ", verified.Output);
        Assert.Contains("first-s1-copy: ", Command.Run("status", run).Output);
        Assert.Equal(0, Run().Code);
    }

    [Fact]
    public void FoldersOfOtherPrograms_AreNoTrials()
    {
        foreach (var name in (string[])[".DS_Store", "@eaDir", "notes"])
            Directory.CreateDirectory(Path.Combine(run, "trials", name));
        var verified = Command.Run("verify", run);
        Assert.Equal(0, verified.Code);
        Assert.DoesNotContain("waiting", verified.Output);
    }

    private JsonNode Compared() => JsonNode.Parse(Command.Run("compare", run, "--json").Output)!;

    private Ended Run() => Command.Run("run", study, "--threads", "1", "--out", run);

    private static void Flip(string path, int at)
    {
        var content = File.ReadAllBytes(path);
        content[at] ^= 16;
        File.WriteAllBytes(path, content);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
