using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Pretraining;
using Sonde.Tests.Engines;
using Sonde.Tests.Training;

namespace Sonde.Tests.Pretraining;

public sealed class VectorPretrainerTests
{
    [Fact]
    public void Updates_AllocateNothingOnAnyThread()
    {
        const int from = 300, updates = 600, batch = 4;
        var data = new WatchedShapes { ReportFrom = from * batch };
        var setting = new PretrainingSetting(TestNetworks.Of("tanh", data.Inputs, [20, 20], 9), batch, new() { Updates = updates }, new(-1, 1), 1);
        using var pretrainer = Pretrainer.Create(setting, 2, KernelChoice.Names[0]);
        pretrainer.Load(Parameters.Initialize(setting.Network, 1), setting.NewDecoderBiases());
        var (examples, before) = (data.Open(Split.Train, 1), 0L);
        for (var update = 0; update < updates; update++)
        {
            if (update == from)
                before = GC.GetAllocatedBytesForCurrentThread();
            pretrainer.Update(1 + update % 2, examples, update * batch);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2, data.Readers.Distinct().Count());
        Assert.Equal(0, data.Last[1] - data.First[1]);
    }

    [Fact]
    public void AnEvaluation_IsTheMeanOverItsExamplesHoweverItIsCut()
    {
        var data = new WatchedShapes();
        var setting = new PretrainingSetting(TestNetworks.Of("tanh", data.Inputs, [20, 20], 9), 4, new() { Updates = 1 }, new(-1, 1), 1);
        using var pretrainer = Pretrainer.Create(setting, 2, KernelChoice.Names[0]);
        pretrainer.Load(Parameters.Initialize(setting.Network, 1), setting.NewDecoderBiases());
        var examples = data.Open(Split.Validation, 1);
        for (var layer = 1; layer <= 2; layer++)
            Tolerances.AssertClose(
                Enumerable.Range(0, 21).Average(n => pretrainer.Evaluate(layer, examples, n, 1)), pretrainer.Evaluate(layer, examples, 0, 21),
                Tolerances.DoubleRounding);
    }
}
