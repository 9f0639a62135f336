using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Running.Baselines;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Tests.Baselines;

public sealed class SupportVectorTaskTests
{
    private static readonly DataFolder NoData = new(null, null, "none");

    [Fact]
    public void TheTaskOfATrial_HasTheExamplesOfItsNetworkAndNoOthers()
    {
        var trials = StudyFile.Parse("""
            study: same
            data: {name: shapeset, side: 16, seed: 5, examples: 40}
            evaluate: {examples: 30}
            seeds: [3, 4]
            """, "test").Trials;
        var task = SupportVectorTask.FromTrial(trials[0].Setting, NoData);
        Assert.Equal((40, 30, 30), (task.Examples, task.Validation, task.Test));
        Assert.Equal("40", task.DataSetting["data.examples"]);
        Assert.All(task.DataSetting.Keys, key => Assert.StartsWith("data.", key, StringComparison.Ordinal));
        foreach (var trial in trials)
        {
            var network = DatasetList.Open(trial.Setting.Data, NoData);
            Assert.Equal(Images(task.Data.Open(Split.Train, task.Seed).Read(0, task.Examples)),
                Images(network.Open(Split.Train, trial.Setting.Seed).Read(0, task.Examples)));
            Assert.Equal(task.Data.Open(Split.Test, task.Seed).Read(0, task.Test).Inputs,
                network.Open(Split.Test, trial.Setting.Seed).Read(0, task.Test).Inputs);
        }
    }

    [Fact]
    public void AStreamWithoutEnd_SaysSo()
    {
        var trial = StudyFile.Parse("study: endless\ndata: shapeset", "test").Trials[0];
        Assert.Equal("shapeset: expected a number of training examples, which a support vector machine learns from, found a stream without end. "
            + "Say how many in data.examples.", Assert.Throws<StudyException>(() => SupportVectorTask.FromTrial(trial.Setting, NoData)).Message);
    }

    private static IEnumerable<string> Images((float[] Inputs, int[] Labels) read) =>
        read.Inputs.Chunk(256).Select(image => string.Join(' ', image)).Order(StringComparer.Ordinal);
}
