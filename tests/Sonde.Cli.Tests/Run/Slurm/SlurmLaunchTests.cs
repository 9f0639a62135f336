using System.Diagnostics;

namespace Sonde.Cli.Tests.Run.Slurm;

/// <summary><c>sonde run --on slurm</c> on machines without Slurm, or with programs that only pretend to be Slurm's.</summary>
public sealed class SlurmLaunchTests
{
    private const string Study = """
        study: its
        data: {name: shapeset, side: 16}
        network: {hidden: 10x2}
        training: {updates: 40}
        evaluate: {every: 20, examples: 20}
        checkpoint: {every: 20}
        variants: {tanh: }
        """;

    /// <summary>The script that is only shown works too, once the folder for the logs is there.</summary>
    [Fact]
    public void DryRun_ShowsAScriptThatBeginsTheRun()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "Needs bash.");
        using var scratch = new Scratch();
        var folder = scratch["$(touch harm) it's"];
        var shown = Start(scratch, "--out", folder, "--dry-run", "--set", "training.updates=60").Finish();
        Assert.Equal((0, false), (shown.Code, Directory.Exists(folder)));
        Assert.StartsWith("#!/bin/bash\n", shown.Output);
        var making = shown.Output.Split('\n').Single(line => line.StartsWith("#     mkdir", StringComparison.Ordinal))[1..];
        var shell = new ProcessStartInfo("/bin/bash", ["-c", $"{making}\n{shown.Output}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var trained = new Running(shell).Finish();
        Assert.True(trained.Code == 0, trained.Error);
        Assert.Equal("done", RecordedNumbers.StatusOf(folder));
        Assert.True(RecordedNumbers.HasSavedBeyond(folder, 59));
        Assert.False(File.Exists("harm"));
    }

    [Fact]
    public void MachineWithoutSlurm_SaysWhereToSubmitTheScript()
    {
        using var scratch = new Scratch();
        var ended = Start(scratch, "--out", scratch["out"]).Finish();
        Assert.Equal(1, ended.Code);
        Assert.Contains("this machine has no squeue", ended.Error);
        Assert.EndsWith($"submit the script there: sbatch '{scratch["out"]}/slurm-worker.sh'\n", ended.Error);
        Assert.Contains($"'run' '{scratch["out"]}' '--worker'", File.ReadAllText(Path.Combine(scratch["out"], "slurm-worker.sh")));
    }

    [Theory]
    [InlineData("squeue", false)]
    [InlineData("sbatch", true)]
    public void SignalWhileAProgramOfSlurmWorks_EndsTheCommand(string slow, bool isSubmitting)
    {
        Assert.SkipUnless(File.Exists("/bin/sh") && !OperatingSystem.IsWindows(), "Needs a shell.");
        using var scratch = new Scratch();
        foreach (var name in (string[])["squeue", "sbatch"])
        {
            scratch.Write(name, name == slow ? $"#!/bin/sh\n: >'{scratch["begun"]}'\nexec /bin/sleep 120\n" : "#!/bin/sh\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(scratch[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var submitting = Start(scratch, "--out", scratch["out"]);
        submitting.Until(() => File.Exists(scratch["begun"]));
        submitting.Signal("TERM");
        var ended = submitting.Finish();
        Assert.Equal((130, ""), (ended.Code, ended.Output));
        Assert.EndsWith("sonde: interrupted\n", ended.Error);
        Assert.Equal(isSubmitting, ended.Error.Contains("To see whether it did: squeue --name sonde-its-", StringComparison.Ordinal));
        Assert.Empty(Directory.GetDirectories(scratch["out"], "claim-*"));
    }

    // PATH holds nothing but what the test has put into its folder.
    private static Running Start(Scratch scratch, params string[] more) => Command.StartWith(
        new Dictionary<string, string> { ["PATH"] = scratch.Folder },
        ["run", scratch.Write("its.yaml", Study), "--on", "slurm", "--threads", "1", .. more]);
}
