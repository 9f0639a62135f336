using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sonde.Cli.Tests.Run.Slurm;

/// <summary>Studies on a real Slurm, disturbed in the ways that clusters do: each ends in the bytes of an undisturbed run on this machine.</summary>
public sealed partial class SlurmArrayTests(OneNodeSlurm slurm, SlurmArrayTests.UnharmedRun unharmed)
    : IClassFixture<OneNodeSlurm>, IClassFixture<SlurmArrayTests.UnharmedRun>
{
    private const int Trials = 4;

    // So long that Slurm can do something while they train.
    private const long Updates = 60_000, CheckpointEvery = 600;

    [Fact]
    public void Array_EndsWithExitCodeZeroInTheBytesOfALocalRun()
    {
        NeedsSlurm();
        // A folder's name that would harm where it reached a shell, or where sbatch read it without quotes.
        using var scratch = new Scratch();
        var folder = scratch["it's $(touch harm) \"here\" %j # x"];
        var job = Submit(folder, Trials);
        slurm.UntilQueueIsEmpty();
        Assert.All(slurm.Completed(job), line => Assert.Contains("JobState=COMPLETED", line));
        Assert.Equal(Trials, slurm.Completed(job).Count);
        Assert.Equal(Trials, Directory.GetFiles(Path.Combine(folder, "slurm"), $"{job}_*.log").Length);
        Assert.False(File.Exists("harm") || File.Exists(scratch["harm"]));
        AssertWhole(folder);
        var again = Run(folder);
        Assert.Equal((0, true), (again.Code, again.Output.Contains("there is nothing to submit", StringComparison.Ordinal)));
    }

    [Fact]
    public void TwoSubmissionsAtOnce_SubmitNoMoreWorkersThanThereAreTrials()
    {
        NeedsSlurm();
        using var scratch = new Scratch();
        var both = Enumerable.Range(0, 2).Select(_ => Start(scratch["out"])).ToList().ConvertAll(process => process.Finish());
        // The second waits for the first or is refused, and never submits beside it.
        Assert.Contains(both, ended => ended.Code == 0 && ended.Output.Contains("4 workers for 4 unfinished trials", StringComparison.Ordinal));
        Assert.Equal(1, both.Sum(ended => JobText().Count(ended.Output)));
        Assert.DoesNotMatch(JobText(), Run(scratch["out"]).Output);
        slurm.UntilQueueIsEmpty();
        AssertWhole(scratch["out"]);
    }

    [Fact]
    public void CancelledArray_IsSavedAndItsMissingWorkersAreSubmittedAgain()
    {
        NeedsSlurm();
        using var scratch = new Scratch();
        var job = Submit(scratch["out"], Trials);
        slurm.Until(() => Ids.All(id => HasSaved(scratch["out"], id)));
        slurm.Call("scancel", job);
        slurm.UntilQueueIsEmpty();
        Assert.All(Ids, id => Assert.Equal("interrupted", RecordedNumbers.StatusOf(scratch["out"], id)));
        var before = Ids.ToDictionary(id => id, id => UpdatesOf(scratch["out"], id));
        Submit(scratch["out"], Trials);
        slurm.UntilQueueIsEmpty();
        Assert.All(before.Values, updates => Assert.InRange(updates, 1, Updates - 1));
        AssertWhole(scratch["out"]);
    }

    [Fact]
    public void NodeThatRestarts_HasItsWorkersQueuedAgain()
    {
        NeedsSlurm();
        using var scratch = new Scratch();
        Submit(scratch["out"], Trials);
        slurm.Until(() => Ids.All(id => HasSaved(scratch["out"], id)));
        slurm.CutPower(Writers(scratch["out"]));
        Assert.All(Ids, id => Assert.Equal("running", RecordedNumbers.StatusOf(scratch["out"], id)));
        slurm.RestorePower();
        slurm.UntilQueueIsEmpty();
        Assert.All(Ids, id => Assert.Equal(2, RecordedNumbers.AttemptOf(scratch["out"], id)));
        AssertWhole(scratch["out"]);
    }

    [Fact]
    public void WorkerThatIsKilled_IsReplacedByOneOfTheOthers()
    {
        NeedsSlurm();
        using var scratch = new Scratch();
        Submit(scratch["out"], Trials);
        slurm.Until(() => Ids.All(id => HasSaved(scratch["out"], id)));
        var status = Command.Run("status", scratch["out"], "--json");
        Assert.Matches("\"process\": \"process [0-9]+ on .*, Slurm job [0-9]+_[1-4]\"", status.Output);
        using (var killed = Process.GetProcessById(Writers(scratch["out"])[0]))
            killed.Kill();
        slurm.UntilQueueIsEmpty();
        Assert.Contains(Ids, id => RecordedNumbers.AttemptOf(scratch["out"], id) > 1);
        AssertWhole(scratch["out"]);
    }

    [Fact]
    public void KilledArray_LosesAtMostOneCheckpointIntervalPerWorker()
    {
        NeedsSlurm();
        using var scratch = new Scratch();
        Submit(scratch["out"], Trials);
        slurm.Until(() => Ids.All(id => HasSaved(scratch["out"], id) && UpdatesOf(scratch["out"], id) > 2 * CheckpointEvery));
        // As a machine without memory does. Slurm itself asks first, even when it is told to kill.
        foreach (var writer in Writers(scratch["out"]))
        {
            using var killed = Process.GetProcessById(writer);
            killed.Kill();
        }
        slurm.UntilQueueIsEmpty();
        // What the workers said last, at whole updates, is what they had done at least.
        var said = Directory.GetFiles(Path.Combine(scratch["out"], "slurm"), "*.log").SelectMany(File.ReadAllLines)
            .Select(line => ProgressText().Match(line)).Where(match => match.Success)
            .GroupBy(match => match.Groups["id"].Value)
            .ToDictionary(lines => lines.Key, lines => lines.Max(match => long.Parse(match.Groups["updates"].Value, CultureInfo.InvariantCulture)));
        Assert.All(said, pair => Assert.InRange(pair.Value - UpdatesOf(scratch["out"], pair.Key), long.MinValue, CheckpointEvery));
        Assert.All(Ids, id => Assert.Equal(0, UpdatesOf(scratch["out"], id) % CheckpointEvery));
        Assert.All(Ids, id => Assert.True(Directory.Exists(Path.Combine(
            scratch["out"], "trials", id, "checkpoint", $"{UpdatesOf(scratch["out"], id) - CheckpointEvery:d12}"))));
        var before = Ids.ToDictionary(id => id, id => UpdatesOf(scratch["out"], id));
        Submit(scratch["out"], Trials);
        slurm.UntilQueueIsEmpty();
        var logs = string.Concat(Directory.GetFiles(Path.Combine(scratch["out"], "slurm"), "*.log").Select(File.ReadAllText));
        Assert.All(before, pair => Assert.Contains($"{pair.Key}: resumes at update {pair.Value}", logs, StringComparison.Ordinal));
        AssertWhole(scratch["out"]);
    }

    [Fact]
    public void WorkerWhoseTimeRunsOut_SavesOnTheSignalBeforeIt()
    {
        NeedsSlurm();
        using var scratch = new Scratch();
        var job = Submit(scratch["out"], 1, "--workers", "1", "--set", "training.updates=4000000");
        slurm.Until(() => Ids.Any(id => HasSaved(scratch["out"], id)));
        // The signal is due two minutes before the end, so within the next check of Slurm's clock.
        slurm.Call("scontrol", "update", $"jobid={job}", "endtime=now+2minutes");
        slurm.UntilQueueIsEmpty();
        var begun = Directory.GetDirectories(Path.Combine(scratch["out"], "trials")).Select(trial => Path.GetFileName(trial)!).ToList();
        var saved = Assert.Single(begun);
        Assert.Equal("interrupted", RecordedNumbers.StatusOf(scratch["out"], saved));
        Assert.Contains("everything is saved", File.ReadAllText(Directory.GetFiles(Path.Combine(scratch["out"], "slurm")).Single()));
        Assert.Equal(0, Command.Run("verify", scratch["out"]).Code);
    }

    private static IReadOnlyList<string> Ids { get; } = [.. Enumerable.Range(1, Trials).Select(seed => $"tanh-s{seed}")];

    private void NeedsSlurm()
    {
        Assert.SkipUnless(slurm.Missing is null, slurm.Missing ?? "");
        slurm.Clear();
    }

    private string Submit(string folder, int workers, params string[] more)
    {
        var ended = Run(folder, more);
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains($": {workers} worker", ended.Output);
        return JobText().Match(ended.Output).Groups["job"].Value;
    }

    private Ended Run(string folder, params string[] more) => Start(folder, more).Finish();

    private Running Start(string folder, params string[] more) =>
        Command.StartWith(slurm.Variables, ["run", unharmed.Study, "--on", "slurm", "--threads", "1", "--out", folder, .. more]);

    private void AssertWhole(string folder)
    {
        RecordedNumbers.AssertSame(unharmed.Folder, folder);
        Assert.All(Ids, id => Assert.Equal("done", RecordedNumbers.StatusOf(folder, id)));
        var verified = Command.Run("verify", folder);
        Assert.True(verified.Code == 0, verified.Output + verified.Error);
    }

    private static bool HasSaved(string folder, string trial) => RecordedNumbers.HasSaved(folder, trial);

    private static long UpdatesOf(string folder, string trial)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "trials", trial, "trial.json")));
        return document.RootElement.GetProperty("updates").GetInt64();
    }

    private static IReadOnlyList<int> Writers(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(folder, "trials"), "claim.json", SearchOption.AllDirectories)
            .Select(lease => int.Parse(ProcessNumber().Match(File.ReadAllText(lease)).Groups[1].Value, CultureInfo.InvariantCulture)),
    ];

    [GeneratedRegex("Slurm job (?<job>[0-9]+):")]
    private static partial Regex JobText();

    [GeneratedRegex("^(?<id>tanh-s[0-9]+): (?<updates>[0-9]+)/[0-9]+ updates")]
    private static partial Regex ProgressText();

    [GeneratedRegex("\"process\": ([0-9]+)")]
    private static partial Regex ProcessNumber();

    /// <summary>The study, and a run of it that nobody disturbed.</summary>
    public sealed class UnharmedRun : IDisposable
    {
        private static readonly string Long = $$"""
            study: long
            data: {name: shapeset, side: 16}
            network: {hidden: 30x2}
            training: {updates: {{Updates}}}
            seeds: [1, 2, 3, 4]
            probe: {every: 12000, examples: 20}
            evaluate: {every: 12000, examples: 20}
            checkpoint: {every: {{CheckpointEvery}}}
            variants: {tanh: }
            """;

        private readonly Scratch scratch = new();

        public UnharmedRun()
        {
            Study = scratch.Write("long.yaml", Long);
            Assert.Equal(0, Command.Run("run", Study, "--threads", "1", "--out", Folder).Code);
        }

        public string Study { get; }

        public string Folder => scratch["whole"];

        public void Dispose() => scratch.Dispose();
    }
}
