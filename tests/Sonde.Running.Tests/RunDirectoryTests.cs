using Sonde.Records.Trials;
using Sonde.Studies.Errors;

namespace Sonde.Running.Tests;

/// <summary>What the folder of an earlier run allows: the same study resumes, more trials are added, another study is refused.</summary>
public sealed class RunDirectoryTests : TinyRuns
{
    [Theory]
    [InlineData("network.activation=relu", " already holds this study with the trial tanh-standard-lr0.01-s1; you asked for relu-standard-lr0.01-s1.")]
    [InlineData("training.batch=6", " already holds this study with training.batch 5 in tanh-standard-lr0.01-s1; you asked for 6.")]
    [InlineData("training.batch=[5]", " already holds this study with the trial tanh-standard-lr0.01-s1; you asked for tanh-standard-lr0.01-b5-s1.")]
    [InlineData("seeds=[1]", " already holds this study with the trial tanh-standard-lr0.01-s2; you asked for one without it.")]
    [InlineData("study=other", " holds a run of another study, 'tiny'; you asked for 'other'.")]
    public void ChangedStudy_IsRefusedBeforeAnythingIsWritten(string set, string difference)
    {
        _ = Runner();
        var before = File.ReadAllText(Path.Combine(Folder, "run", "study.yaml"));
        var error = Assert.Throws<StudyException>(() => Runner(Text, set));
        Assert.Equal($"{Path.Combine(Folder, "run")}{difference} Name another folder with --out, or delete this one.", error.Message);
        Assert.Equal(before, File.ReadAllText(Path.Combine(Folder, "run", "study.yaml")));
    }

    [Fact]
    public void FolderThatLostItsStudy_GetsItAgainIfTheTrialsAreOfThisStudy()
    {
        Runner().Train(CancellationToken.None);
        var study = Path.Combine(Folder, "run", "study.yaml");
        var before = File.ReadAllText(study);
        File.Delete(study);
        Assert.StartsWith($"{Path.Combine(Folder, "run")}: there is no study.yaml. The given study does not have the trial tanh-standard-lr0.01-s",
            Assert.Throws<StudyException>(() => Runner(Text, "training.batch=6")).Message);
        Assert.All(Runner().Trials, trial => Assert.Equal(TrialStatus.Done, trial.Now.Status));
        Assert.Equal(before, File.ReadAllText(study));
        Assert.Contains($"{Path.Combine(Folder, "run")}: there is no study.yaml; the trials there are of this study, so Sonde writes it again", Notices);
    }

    [Fact]
    public void StudyFileOfTheUser_IsNeverReplaced()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "run"));
        var study = Path.Combine(Folder, "run", "study.yaml");
        File.WriteAllText(study, Text);
        Assert.StartsWith($"{study}: Sonde did not write this file, and would have to replace it", Assert.Throws<StudyException>(() => Runner()).Message);
        Assert.Equal(Text, File.ReadAllText(study));
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(Folder, "run")));
    }

    [Fact]
    public void StudyThatOnlyAddsTrials_ExtendsTheFolderAndTrainsThoseAlone()
    {
        Runner().Train(CancellationToken.None);
        string Manifest(int seed) => File.ReadAllText(Path.Combine(Folder, "run", "trials", $"tanh-standard-lr0.01-s{seed}", "trial.json"));
        var before = Manifest(1) + Manifest(2);
        var runner = Runner(Text, "seeds=[3, 1, 2]");
        Assert.Contains($"{Path.Combine(Folder, "run")}: the 2 finished trials are kept, 1 is added", Notices);
        Assert.Contains("seeds: [3, 1, 2]", File.ReadAllText(Path.Combine(Folder, "run", "study.yaml")));
        runner.Train(CancellationToken.None);
        Assert.All(runner.Trials, trial => Assert.Equal(TrialStatus.Done, trial.Now.Status));
        Assert.Equal(before, Manifest(1) + Manifest(2));
        Assert.EndsWith("with the trial tanh-standard-lr0.01-s3; you asked for one without it. Name another folder with --out, or delete this one.",
            Assert.Throws<StudyException>(() => Runner()).Message);
    }

    [Fact]
    public void ChangedOrderOrComment_IsTheSameStudy()
    {
        _ = Runner();
        _ = Runner("# Said otherwise\n" + Text, "seeds=[2, 1]");
    }
}
