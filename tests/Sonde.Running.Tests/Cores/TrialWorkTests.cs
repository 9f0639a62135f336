using Sonde.Data.Shapeset;
using Sonde.Running.Cores;
using Sonde.Studies;

namespace Sonde.Running.Tests.Cores;

public sealed class TrialWorkTests
{
    [Theory]
    [InlineData("20x2", 5, 50, 1, 1)]
    [InlineData("1000x5", 10, 50, 128, 213)]
    [InlineData("1000x5", 60, 60, 768, 256)]
    public void FromSetting_CountsParametersAndTheThreadsThatTheyKeepBusy(string hidden, int batch, int atOnce, int threads, int observers)
    {
        var text = $"study: p\ndata: {{name: shapeset, side: 16}}\nnetwork: {{hidden: {hidden}}}\ntraining: {{batch: {batch}}}\n";
        var setting = StudyFile.Parse(text, "p.yaml", []).Trials[0].Setting;
        var work = TrialWork.FromSetting(setting, new ShapesetDataset(16));
        var parameters = hidden == "20x2" ? 257 * 20 + 21 * 20 + 21 * 9 : 257 * 1000 + 4 * 1001 * 1000 + 1001 * 9;
        Assert.Equal(new TrialWork(4L * parameters, 6.0 * batch * parameters, 2.0 * atOnce * parameters), work);
        Assert.Equal((threads, observers), (work.UsefulThreads, work.UsefulObservers));
    }
}
