using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Sonde.Cli.Tests.Importing;

public sealed class ImportCommandTests
{
    private const string History = "epoch,loss,accuracy,val_loss,val_accuracy\n0,2.3,0.1,2.3,0.1\n5,1.2,0.6,1.3,0.55\n10,0.4,0.9,0.6,0.8\n";

    [Fact]
    public void ImportedCurves_AreARunFolderForEveryOtherVerb()
    {
        using var scratch = new Scratch();
        var imported = Command.Run("import", scratch.Write("keras.csv", History), "--out", scratch["run"]);
        Assert.Equal((0, ""), (imported.Code, imported.Error));
        Assert.Contains("keras.csv: curves, 0 observations of 0 layers, 9 points of curves", imported.Output, StringComparison.Ordinal);
        Assert.Contains("keras: It learns: the test error fell from 90.0 % to 20.0 %", imported.Output, StringComparison.Ordinal);
        foreach (var verb in (string[])["status", "report", "compare", "export", "verify"])
        {
            var ended = Command.Run(verb, scratch["run"]);
            Assert.True(ended.Code == 0, $"{verb}: {ended.Error}");
        }
        Assert.Contains("Only curves are recorded and no layer", File.ReadAllText(scratch["run/report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralImports_AreTrialsOfOneFolder_AndAppearInJson()
    {
        using var scratch = new Scratch();
        var ended = Command.Run("import", scratch.Write("fast.csv", History), scratch.Write("slow.csv", History), "--out", scratch["run"], "--json");
        Assert.True(ended.Code == 0, ended.Error);
        var document = JsonNode.Parse(ended.Output)!;
        Assert.Equal(["fast", "slow"], document["trials"]!.AsArray().Select(trial => (string?)trial!["id"]));
        Assert.Equal("curves", (string?)document["trials"]![0]!["kind"]);
        var compared = Command.Run("compare", scratch["run"]).Output;
        Assert.StartsWith("imported\n", compared, StringComparison.Ordinal);
        Assert.Contains("| fast  |      - |             - |              20.00 |", compared, StringComparison.Ordinal);
        Assert.DoesNotContain("?", compared, StringComparison.Ordinal);
        Assert.Contains("| setting | fast | slow |", Command.Run("compare", scratch["run"], "fast", "slow").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesOfAnyScript_AreTrialsForEveryVerb()
    {
        using var scratch = new Scratch();
        var ended = Command.Run("import", scratch.Write("网络一.csv", History), scratch.Write("网络二.csv", History), scratch.Write("Größe.csv", History),
            "--out", scratch["导入"], "--json");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal(["网络一", "网络二", "Größe"], JsonNode.Parse(ended.Output)!["trials"]!.AsArray().Select(trial => (string?)trial!["id"]));
        string[][] verbs = [["status"], ["diagnose"], ["compare"], ["report"], ["export"], ["export", "--to", "parquet"], ["export", "--to", "tensorboard"],
            ["compact"], ["verify"]];
        foreach (var verb in verbs)
            Assert.True((ended = Command.Run([verb[0], scratch["导入"], .. verb[1..]])).Code == 0, $"{string.Join(' ', verb)}: {ended.Error}");
        Assert.Contains("\nGröße,done,", File.ReadAllText(scratch["导入/csv/trials.csv"]), StringComparison.Ordinal);
        Assert.Contains("网络二", Command.Run("status", scratch["导入"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordingsOfOneName_BecomeTwoTrials_AndAnImportThatWasStoppedIsDoneAgain()
    {
        using var scratch = new Scratch();
        foreach (var folder in (string[])["fast", "slow"])
            Directory.CreateDirectory(scratch[folder]);
        string[] both = [scratch.Write("fast/history.csv", History), scratch.Write("slow/history.csv", History)];
        Assert.Equal(0, Command.Run("import", both[0], "--out", scratch["run"]).Code);
        Directory.CreateDirectory(scratch["run/trials/fast-history"]);
        // What a killed process leaves: a trial without a table, which says that it is running.
        var inTheWay = scratch.Write("run/trials/fast-history/curve", "");
        Assert.Equal(1, Command.Run(["import", .. both, "--out", scratch["run"]]).Code);
        Assert.EndsWith("An import was stopped before it ended. Run the same 'sonde import' command again.\n", Command.Run("status", scratch["run"]).Output,
            StringComparison.Ordinal);
        File.Delete(inTheWay);
        var ended = Command.Run(["import", .. both, "--out", scratch["run"]]);
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("slow-history: It learns", ended.Output, StringComparison.Ordinal);
        Assert.Contains("history ", Command.Run("status", scratch["run"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotKnownOfCurves_IsNeitherJudgedNorDrawnNorAdvisedOn()
    {
        const string Stuck = "epoch,loss,accuracy,val_loss,val_accuracy\n0,2.3,0.1,2.3,0.1\n5,2.3,0.1,2.3,0.1\n10,2.3,0.1,2.3,0.1\n15,2.3,0.1,2.3,0.1\n";
        using var scratch = new Scratch();
        Command.Run("import", scratch.Write("good.csv", History), scratch.Write("stuck.csv", Stuck), "--out", scratch["run"]);
        var diagnosed = Command.Run("diagnose", scratch["run"], "stuck").Output;
        Assert.Contains("after 15 epochs", diagnosed, StringComparison.Ordinal);
        Assert.Contains("Not checked, because the curves count epochs, so the number of updates is not known: too-few-updates.", diagnosed,
            StringComparison.Ordinal);
        Assert.Contains("Only its curves are known, so Sonde proposes no setting. Record the layers with python/sonde_recorder.py, then type: sonde import",
            diagnosed, StringComparison.Ordinal);
        Assert.DoesNotContain("Try ", diagnosed, StringComparison.Ordinal);
        Assert.DoesNotContain("network.init", Command.Run("diagnose", scratch["run"], "--json").Output, StringComparison.Ordinal);
        Assert.Contains("epochs", Command.Run("status", scratch["run"]).Output, StringComparison.Ordinal);
        var compared = Command.Run("compare", scratch["run"]).Output;
        Assert.Contains("1 pair of models is not tested: a test needs the answers of both", compared, StringComparison.Ordinal);
        Assert.Contains("**20.00**", compared, StringComparison.Ordinal);
        Assert.DoesNotContain("**90.00**", compared, StringComparison.Ordinal);
        Command.Run("report", scratch["run"]);
        Assert.Equal(["test-error", "train-error"], Directory.GetFiles(scratch["run/figures"], "*.svg").Select(Path.GetFileNameWithoutExtension).Order());
        Assert.Contains("epochs", XElement.Load(scratch["run/figures/test-error.svg"]).Descendants().Where(part => part.Name.LocalName == "text")
            .Select(part => part.Value.Trim()));
        Assert.Contains("2 imported trainings, of which only curves are known.", File.ReadAllText(scratch["run/report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void ImportedTrials_CannotBeRun()
    {
        using var scratch = new Scratch();
        Command.Run("import", scratch.Write("keras.csv", History), "--out", scratch["run"]);
        var ended = Command.Run("run", scratch["run"]);
        Assert.Equal(2, ended.Code);
        Assert.Contains("these trials were imported, so there is no study to run. Write one of your network", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoTraining_IsRefusedInOneSentence()
    {
        using var scratch = new Scratch();
        var ended = Command.Run("import", scratch["nothing"], "--out", scratch["run"]);
        Assert.Equal(1, ended.Code);
        Assert.Equal($"sonde: {scratch["nothing"]}: expected a recording, TensorBoard's event files, a trainer_state.json or a CSV file of curves, "
            + "found nothing. Check the path.\n", ended.Error);
        Assert.False(Directory.Exists(scratch["run"]));
        Assert.Equal(2, Command.Run("import", scratch["nothing"]).Code);
    }
}
