using Sonde.Data.Fetching;
using Sonde.Studies;

namespace Sonde.Running.Tests.Cores;

public sealed class CrowdedRunTests : TinyRuns
{
    [Fact]
    public void MoreThreadsThanCores_TheRunSaysSoAndTrains()
    {
        var threads = Environment.ProcessorCount + 1;
        var runner = new StudyRunner(StudyFile.Parse(Text, "t.yaml", []), Path.Combine(Folder, "run"),
            new() { Data = DataFolder.OfUser(Folder), Threads = threads }, TimeProvider.System, Notices.Enqueue);
        runner.Train(CancellationToken.None);
        Assert.Contains(Notices, sentence => sentence.StartsWith($"tiny: {threads} threads share ", StringComparison.Ordinal));
        Assert.All(runner.Trials, trial => Assert.Equal("done", trial.Now.Status));
    }
}
