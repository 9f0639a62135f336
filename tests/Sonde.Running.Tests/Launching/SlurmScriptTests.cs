using System.Diagnostics;
using Sonde.Running.Launching;
using Sonde.Studies.Errors;

namespace Sonde.Running.Tests.Launching;

public sealed class SlurmScriptTests
{
    private static readonly WorkerNeeds Needs = new(4, 1536, TimeSpan.FromMinutes(70))
    {
        ThreadsReason = "Four threads: because.", TimeReason = "70 minutes: because.",
    };

    private static readonly string[] Hard = ["it's", "$(touch harm)", "`touch harm`", "a;b|c&d", "\"", "*", "~", "-n", "", "#", "!x", "ä 日"];

    [Fact]
    public void Script_SaysWhatAWorkerAsksForAndWhy()
    {
        var script = Script("/runs/mine").Write(12, Needs, new(), ["/opt/sonde", "run", "/runs/mine", "--worker"]);
        Assert.StartsWith("#!/bin/bash\n", script);
        Assert.All(["--array=1-12", "--cpus-per-task=4", "--mem=1536M", "--time=01:10:00", "--signal=B:TERM@120", "--requeue",
            "--output=\"/runs/mine/slurm/%A_%a.log\""], line => Assert.Contains($"\n#SBATCH {line}\n", script));
        Assert.Contains("\n# Four threads: because.\n#SBATCH --cpus-per-task=4\n", script);
        Assert.DoesNotContain("mkdir", script);
        Assert.EndsWith("\nexec '/opt/sonde' 'run' '/runs/mine' '--worker'\n", script);
    }

    [Fact]
    public void Script_SaysHowToMakeAFolderThatIsMissing() => Assert.Contains("\n#     mkdir -p '/runs/it'\\''s/slurm'\n",
        Script("/runs/it's").Write(1, Needs, new(), ["sonde"], isFolderThere: false));

    [Fact]
    public void TimeOfDays_IsWrittenAsSlurmDoes() =>
        Assert.Contains("\n#SBATCH --time=2-01:30:00\n", Script("/runs/mine").Write(1, Needs with { Time = TimeSpan.FromHours(49.5) }, new(), ["sonde"]));

    [Fact]
    public void WhatTheUserGives_ReplacesSondesOwnAndItsReason()
    {
        var request = SlurmRequest.Parse(3, "long", "2-00:00:00", "lab", ["mem=4G", "exclusive", "constraint=[a|b]&c"]);
        var script = Script("/runs/mine").Write(3, Needs, request, ["sonde"]);
        Assert.All(["--time=2-00:00:00", "--partition=long", "--account=lab", "--mem=4G", "--exclusive", "--constraint=[a|b]&c"],
            line => Assert.Contains($"\n#SBATCH {line}\n", script));
        Assert.Equal(1, script.Split("--time=").Length - 1);
        Assert.DoesNotContain("1536M", script);
        Assert.DoesNotContain("70 minutes", script);
    }

    /// <summary>Runs the script's last line with a real shell.</summary>
    [Fact]
    public void EveryWordOfTheCommand_ReachesTheProgramAsItIs()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "Needs bash.");
        var script = Script("/runs/mine").Write(1, Needs, new(), ["printf", "%s\\n", .. Hard]);
        using var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true })!;
        Assert.Equal(Hard, shell.StandardOutput.ReadToEnd().Split('\n')[..^1]);
        Assert.False(File.Exists("harm"));
    }

    [Fact]
    public void TypedWord_IsQuotedOnlyIfItHasTo()
    {
        Assert.Equal("runs/first-look_2", SlurmScript.TypedWord("runs/first-look_2"));
        Assert.Equal("'a b'", SlurmScript.TypedWord("a b"));
        Assert.Equal("''", SlurmScript.TypedWord(""));
    }

    [Theory]
    [InlineData("a\nb", "a line end or another control character")]
    [InlineData("a\\b", "has a backslash")]
    public void FolderThatAScriptCannotHold_IsRefused(string name, string because)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has neither in names of folders.");
        Assert.Contains(because, Assert.Throws<StudyException>(() => Script($"/runs/{name}")).Message);
    }

    [Theory]
    [InlineData("mem=1 G")]
    [InlineData("mem=1\n#SBATCH --uid=0")]
    [InlineData("mem=\"1")]
    [InlineData("mem=1#")]
    [InlineData("mem=$\\")]
    [InlineData("--mem=1G")]
    [InlineData("mem 1")]
    [InlineData("array=1-5")]
    [InlineData("job-name=x")]
    [InlineData("wrap=rm")]
    [InlineData("arr=1-5")]
    [InlineData("job-nam=x")]
    [InlineData("mem=")]
    public void OptionThatIsNone_IsRefused(string text) => Assert.Throws<StudyException>(() => SlurmRequest.Parse(null, null, null, null, [text]));

    [Fact]
    public void JobName_IsOfOneFolderAndHasPlainCharactersOnly()
    {
        var name = Script("/runs/mine").JobName;
        Assert.Matches("^sonde-mine--study-[0-9a-f]{8}$", name);
        Assert.Equal(name, Script("/runs/mine").JobName);
        Assert.NotEqual(name, Script("/runs/other").JobName);
    }

    private static SlurmScript Script(string folder) => new("mine: study", folder);
}
