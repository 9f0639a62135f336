using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sonde.Cli.Tests.Status;

public sealed class StatusCommandTests(SmallRun small) : IClassFixture<SmallRun>
{
    private const string Long = """
        study: long
        data: {name: shapeset, side: 16}
        network: {hidden: 30x2}
        training: {updates: 3000}
        seeds: [1, 2]
        probe: {every: 500, examples: 20}
        evaluate: {every: 500, examples: 50}
        checkpoint: {every: 200}
        """;

    private static string Manifest(string folder, int seed) => Path.Combine(folder, "trials", $"tanh-standard-lr0.01-s{seed}", "trial.json");

    private static Dictionary<string, string?> Statuses(string folder)
    {
        var ended = Command.Run("status", folder, "--json");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        return JsonDocument.Parse(ended.Output).RootElement.GetProperty("trials").EnumerateArray()
            .ToDictionary(trial => trial.GetProperty("id").GetString()!, trial => trial.GetProperty("status").GetString());
    }

    [Fact]
    public void FinishedStudy_IsCountedAndFollowedToItsEndAtOnce()
    {
        var ended = Command.Run("status", small.Folder);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        // Once: the sentence on the whole study counts them.
        Assert.Single(Regex.Matches(ended.Output, "8 trials"));
        Assert.Contains(": All 8 trials are done.", ended.Output);
        var followed = Command.Run("status", small.Folder, "--follow");
        Assert.Equal(0, followed.Code);
        Assert.StartsWith("tanh-standard-lr0.01-s1: done, 40/40 updates, test error ", followed.Output);
        Assert.EndsWith(ended.Output, followed.Output);
        Assert.DoesNotContain('\u001b', followed.Output);
    }

    [Fact]
    public void FinishedStudy_IsSummarizedAsAGrid()
    {
        Assert.Contains("\nsmall: All 8 trials are done. ", Command.Run("status", small.Folder).Output);
        Assert.Contains("\nsmall: All 8 trials are done. ", Command.Run("compare", small.Folder).Output);
        foreach (var verb in (string[])["status", "compare"])
        {
            var summary = JsonDocument.Parse(Command.Run(verb, small.Folder, "--json").Output).RootElement.GetProperty("summary");
            Assert.StartsWith("All 8 trials are done.", summary.GetProperty("verdict").GetString());
            Assert.Equal(["activation", "learningRate"],
                summary.GetProperty("factors").EnumerateArray().Select(factor => factor.GetProperty("setting").GetString()).Order());
            var curve = Assert.Single(summary.GetProperty("errorOver").EnumerateArray());
            Assert.Equal(("learningRate", 2), (curve.GetProperty("setting").GetString(), curve.GetProperty("lines").GetArrayLength()));
        }
    }

    [Fact]
    public void KilledStudy_SaysStoppedAndIsFollowedUntilItIsTakenUpAndDone()
    {
        using var scratch = new Scratch();
        var (study, folder) = (scratch.Write("long.yaml", Long), scratch["out"]);
        var killed = Command.Start("run", study, "--out", folder, "--threads", "1", "--json");
        killed.Until(() => File.Exists(Manifest(folder, 1)) && Directory.Exists(Path.Combine(folder, "trials", "tanh-standard-lr0.01-s1", "checkpoint")));
        Assert.Equal("running", Statuses(folder)["tanh-standard-lr0.01-s1"]);
        killed.Kill();
        killed.Finish();
        Assert.Equal(["stopped", "waiting"], Statuses(folder).Values);
        Assert.Contains("Run the same 'sonde run' command again: they continue from their last checkpoint.\n", Command.Run("status", folder).Output);

        var follower = Command.Start("status", folder, "--follow", "--json");
        follower.Until(() => follower.Printed.Contains("tanh-standard-lr0.01-s1: stopped, "));
        Assert.Equal(0, Command.Run("run", study, "--out", folder, "--json").Code);
        var followed = follower.Finish();
        Assert.Equal(0, followed.Code);
        Assert.Equal(2, JsonDocument.Parse(followed.Output).RootElement.GetProperty("trials").GetArrayLength());
        Assert.Contains("tanh-standard-lr0.01-s1: stopped, ", followed.Error);
        Assert.Contains("tanh-standard-lr0.01-s2: done, 3000/3000 updates, test error ", followed.Error);
    }

    [Fact]
    public void InterruptedFollower_LeavesAndChangesNothing()
    {
        using var scratch = new Scratch();
        var copy = small.CopyTo(scratch);
        Directory.Delete(Path.Combine(copy, "trials", "sigmoid-standard-lr0.1-s2"), recursive: true);
        var follower = Command.Start("status", copy, "--follow");
        follower.Until(() => follower.Printed.Contains("sigmoid-standard-lr0.1-s1: done, "));
        Assert.False(follower.HasEnded);
        follower.Signal("INT");
        var ended = follower.Finish();
        Assert.Equal((130, ""), (ended.Code, ended.Error));
        Assert.Equal(7, ended.Output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void DivergedAndDamagedTrials_AreNamedBesideTheOthers()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("d.yaml", """
            study: diverging
            data: {name: shapeset, side: 16}
            network: {hidden: 10x2, activation: relu}
            training: {updates: 20, learningRate: [0.01, 0.02, 1e30]}
            probe: {every: 10, examples: 10}
            evaluate: {every: 10, examples: 20}
            """);
        Assert.Equal(3, Command.Run("run", study, "--out", scratch["out"]).Code);
        File.WriteAllBytes(Path.Combine(scratch["out"], "trials", "relu-standard-lr0.02-s1", "curve", "all.parquet"), [1, 2, 3]);
        var ended = Command.Run("status", scratch["out"]);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Single(Regex.Matches(ended.Output, "3 trials"));
        Assert.Contains("diverging: 3 trials: 1 done, 1 damaged, 1 diverged.", ended.Output);
        Assert.Contains("relu-standard-lr0.02-s1: ", ended.Output);
        Assert.Equal(3, Command.Run("status", scratch["out"], "--follow").Code);
        var report = Command.Run("report", scratch["out"]);
        Assert.Equal(0, report.Code);
        Assert.Contains("relu-standard-lr0.02-s1 is damaged; its figures show what can be read: ", report.Error);
    }
}
