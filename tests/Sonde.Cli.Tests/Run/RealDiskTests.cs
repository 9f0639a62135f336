using System.Diagnostics;

namespace Sonde.Cli.Tests.Run;

/// <summary>A disk that is really full and one that is really read-only: file systems in memory, where the system lets an ordinary user mount them.</summary>
public sealed class RealDiskTests
{
    private const string Study = """
        study: long
        data: {name: shapeset, side: 16}
        network: {hidden: 30x2}
        training: {updates: 1000}
        probe: {every: 100, examples: 20}
        evaluate: {every: 100, examples: 20}
        checkpoint: {every: 100}
        variants: {tanh: }
        """;

    [Fact]
    public void FullDiskThenReadOnlyThenRoom_SaysWhatIsWrongAndEndsInTheSameBytes()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("long.yaml", Study);
        Directory.CreateDirectory(scratch["disk"]);
        var run = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "Sonde.Cli.dll")}' run '{study}' --threads 1 --out '{scratch["disk"]}/run'";
        var script = $"""
            mount -t tmpfs -o size=160k tmpfs '{scratch["disk"]}' || exit 1
            {run} > '{scratch["full"]}' 2>&1; echo $? >> '{scratch["full"]}'
            cp '{scratch["disk"]}/run/trials/tanh-s1/trial.json' '{scratch["failed.json"]}'
            mount -o remount,ro '{scratch["disk"]}'
            {run} > '{scratch["read-only"]}' 2>&1; echo $? >> '{scratch["read-only"]}'
            mount -o remount,rw,size=50m '{scratch["disk"]}'
            {run} > '{scratch["room"]}' 2>&1; echo $? >> '{scratch["room"]}'
            cp -r '{scratch["disk"]}/run' '{scratch["ended"]}'
            """;
        RunWhereItMayMount(script);
        if (!File.Exists(scratch["full"]))
            Assert.Skip("this system lets its users mount nothing; the errors of a full and of a read-only disk are still injected in FaultTests");
        var full = File.ReadAllText(scratch["full"]);
        Assert.Contains("No space left on device", full);
        Assert.Contains("Make room or restore the permission, then run the same command again", full);
        Assert.EndsWith("1\n", full);
        Assert.Contains("\"status\": \"failed\"", File.ReadAllText(scratch["failed.json"]));
        Assert.Contains("No space left on device", File.ReadAllText(scratch["failed.json"]));
        Assert.Contains("Read-only file system", File.ReadAllText(scratch["read-only"]));
        Assert.EndsWith("1\n", File.ReadAllText(scratch["read-only"]));
        Assert.Contains("tanh-s1: resumes at update", File.ReadAllText(scratch["room"]));
        Assert.EndsWith("0\n", File.ReadAllText(scratch["room"]));
        Assert.Equal(0, Command.Run("run", study, "--threads", "1", "--out", scratch["whole"]).Code);
        RecordedNumbers.AssertSame(scratch["whole"], scratch["ended"]);
    }

    /// <summary>Runs a script where it may mount file systems that no one else sees, if the system allows that.</summary>
    private static void RunWhereItMayMount(string script)
    {
        if (!File.Exists("/usr/bin/unshare"))
            return;
        using var process = Process.Start("/usr/bin/unshare", ["--user", "--map-root-user", "--mount", "sh", "-c", script]);
        process.WaitForExit();
    }
}
