using System.Text.Json;

namespace Sonde.Cli.Tests.Run;

public sealed class MoreUpdatesTests
{
    private const string Study = """
        study: long
        data: {name: shapeset, side: 16}
        network: {hidden: 30x2}
        training: {updates: 300}
        probe: {every: 100, examples: 20}
        evaluate: {every: 100, examples: 50}
        checkpoint: {every: 100}
        variants: {tanh: , sigmoid: {network: {activation: sigmoid}}}
        """;

    private static readonly string[] Threads = ["--threads", "1"];

    [Fact]
    public void KilledExtension_IsFinishedByTheSameCommandToTheBytesOfALongRun()
    {
        using var scratch = new Scratch();
        var (study, folder) = (scratch.Write("long.yaml", Study), scratch["run"]);
        Assert.Equal(0, Command.Run(["run", study, "--out", folder, .. Threads]).Code);
        Assert.Equal(0, Command.Run(["run", study, "--set", "training.updates=3300", "--out", scratch["whole"], .. Threads]).Code);

        var killed = Command.Start(["run", folder, "--more-updates", "3000", .. Threads]);
        killed.Until(() => RecordedNumbers.HasSavedBeyond(folder, 300));
        killed.Kill();
        killed.Finish();
        Assert.NotEqual("done", RecordedNumbers.StatusOf(folder));

        var finished = Command.Run(["run", study, "--out", folder, "--more-updates", "3000", .. Threads]);
        Assert.Equal(0, finished.Code);
        Assert.Contains($"{folder}: the 3,000 more updates that were asked for before are finished first; none are added\n", finished.Error);
        RecordedNumbers.AssertSame(scratch["whole"], folder, isExtended: true);
        Assert.Equal(File.ReadAllText(Path.Combine(scratch["whole"], "study.yaml")), File.ReadAllText(Path.Combine(folder, "study.yaml")));

        // The folder alone continues nothing more, and another extension may follow.
        Assert.Equal(0, Command.Run(["run", folder, .. Threads]).Code);
        using var plan = JsonDocument.Parse(Command.Run("run", folder, "--more-updates", "7", "--dry-run", "--json").Output);
        Assert.Equal(14, plan.RootElement.GetProperty("updatesLeft").GetInt64());
    }

    [Fact]
    public void InterruptedRunFolder_IsContinuedByItsName()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("long.yaml", Study);
        string[] longer = ["--set", "training.updates=4000"];
        Assert.Equal(0, Command.Run(["run", study, "--out", scratch["whole"], .. longer, .. Threads]).Code);
        var stopped = Command.Start(["run", study, "--out", scratch["run"], .. longer, .. Threads]);
        stopped.Until(() => RecordedNumbers.HasSaved(scratch["run"]));
        stopped.Signal("HUP");
        Assert.Equal(130, stopped.Finish().Code);
        Assert.Equal("interrupted", RecordedNumbers.StatusOf(scratch["run"]));
        Assert.Equal(0, Command.Run(["run", scratch["run"], .. Threads]).Code);
        RecordedNumbers.AssertSame(scratch["whole"], scratch["run"]);
    }

    [Fact]
    public void WhatCannotBeContinued_IsRefusedWithTheCommandThatCan()
    {
        using var scratch = new Scratch();
        var (study, folder) = (scratch.Write("long.yaml", Study), scratch["run"]);
        void Refused(string message, params string[] arguments) =>
            Assert.Equal(new(2, "", $"sonde: {message}\n"), Command.Run(["run", .. arguments]));

        Refused($"{folder}: there is no run to continue. Leave --more-updates out to begin one, or give its folder.", study, "--out", folder,
            "--more-updates", "5");
        Refused($"{scratch.Folder}: expected a study or a run folder, got a folder without study.yaml and trials/. Such as: sonde run {study}", scratch.Folder);
        Assert.Equal(0, Command.Run(["run", study, "--out", folder, "--set", "training.updates=100", .. Threads]).Code);
        Refused($"{folder} is a run folder, which continues in its place. Leave --out out, or run its study into another folder: "
            + $"sonde run {folder}/study.yaml --out other", folder, "--out", "other");
        Refused($"{folder} is a run folder, whose trials keep their settings. Run a changed study into another folder: "
            + $"sonde run {folder}/study.yaml --out OTHER --set 'training.batch=5'", folder, "--set", "training.batch=5");
        // What is wrong with a change comes before the advice, which would repeat it.
        Refused("--set training.batch=5k: expected a whole number from 1 to 100000, got '5k'. Write 5000.", folder, "--set", "training.batch=5k");
        Refused($"{folder} already holds this study with training.updates 100 in tanh-s1; you asked for 50. 'sonde run {folder}' continues the longer run; "
            + $"--out {folder}-50 keeps both.", study, "--out", folder, "--set", "training.updates=50");
        Directory.CreateDirectory(scratch["mine"]);
        scratch.Write("mine/study.yaml", Study);
        Refused($"{scratch["mine"]}: expected a run folder, got a folder with a study.yaml that Sonde did not write. To run that study: "
            + $"sonde run {scratch["mine"]}/study.yaml", scratch["mine"]);
    }

    [Theory]
    [InlineData("runs/first-look")]
    [InlineData("runs/first-look-updates-500", "--set", "training.updates=500")]
    [InlineData("runs/first-look-updates-500-batch-5_10", "--set", "training.updates=500", "--set", "training.batch=[5, 10]")]
    [InlineData("runs/first-look-probe.every-7", "--set", "probe.every=7")]
    [InlineData("elsewhere", "--set", "training.updates=500", "--out", "elsewhere")]
    public void ChangedStudy_HasARunFolderOfItsOwn(string folder, params string[] arguments)
    {
        using var plan = JsonDocument.Parse(Command.Run(["run", "first-look", "--dry-run", "--json", .. arguments]).Output);
        Assert.Equal(folder, plan.RootElement.GetProperty("directory").GetString());
    }
}
