using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Tests.Training;

namespace Sonde.Tests.Engines;

/// <summary>Dropout in updates: the same masks in every engine and after a resume, none in observations, and the right share.</summary>
public sealed class DropoutTests
{
    private const double Share = 0.3;

    private static readonly Network Network = TestNetworks.Of("tanh", 12, [40, 30], 4) with
    {
        HiddenLayers = [new(40) { Dropout = Share }, new(30) { Activation = ActivationList.Find("relu"), Dropout = 0.5 }],
    };

    public static IEnumerable<TheoryDataRow<string>> Kernels => KernelChoice.Names.Select(name => new TheoryDataRow<string>(name));

    [Theory, MemberData(nameof(Kernels))]
    public void Updates_AreThoseOfTheReference(string kernels)
    {
        var (expected, actual) = (Train("reference", 3), Train(kernels, 3));
        foreach (var (one, other) in expected.Layers.Zip(actual.Layers))
            foreach (var (weight, same) in one.Weights.Zip(other.Weights))
                Tolerances.AssertClose(weight, same, Tolerances.SingleTrace);
        Assert.NotEqual(expected.Layers[0].Weights, Train("reference", 4).Layers[0].Weights);
    }

    [Theory, MemberData(nameof(Kernels))]
    public void AResumedTraining_HasTheSameBits(string kernels)
    {
        var whole = Train(kernels, 3);
        using var first = Create(kernels, 3);
        first.Load(TestNetworks.RandomParameters(Network, 1));
        var (parameters, state) = (Parameters.Empty(Network), first.NewState());
        Update(first, 0, 3);
        first.Save(parameters, state);
        using var second = Create(kernels, 3);
        second.Load(parameters, state);
        Update(second, 3, 6);
        second.Save(parameters);
        TestNetworks.AssertSameBits(whole, parameters);
    }

    [Theory, MemberData(nameof(Kernels))]
    public void Observations_DropNothing(string kernels)
    {
        using var dropping = Create(kernels, 3);
        var whole = Network with { HiddenLayers = [.. Network.HiddenLayers.Select(layer => layer with { Dropout = 0 })] };
        using var plain = Engine.Create(whole, 5, new Sgd(0.1f), 2, kernels);
        var parameters = TestNetworks.RandomParameters(Network, 1);
        dropping.Load(parameters);
        Update(dropping, 0, 1);
        dropping.Load(parameters);
        plain.Load(parameters);
        var (x, y) = TestNetworks.RandomExamples(Network, 20, 9);
        Assert.Equal(plain.Observe(x, y, new(plain.Network, ObservationNeeds.All)), dropping.Observe(x, y, new(Network, ObservationNeeds.All)));
    }

    [Fact]
    public void Masks_LeaveOutTheirShareAndKeepTheMean()
    {
        var network = TestNetworks.Of("tanh", 2, [1000], 2) with { HiddenLayers = [new(1000) { Dropout = Share }] };
        var mask = new DropoutMask(network, 5);
        var (ones, dropped) = (new float[1000], new float[1000]);
        Array.Fill(ones, 1f);
        var (zeros, sum, same) = (0, 0.0, 0);
        var before = new float[1000];
        for (var example = 0; example < 100; example++)
        {
            mask.Apply(7, 1, example, 0, ones, dropped);
            zeros += dropped.Count(value => value == 0);
            sum += dropped.Sum();
            same += dropped.Zip(before).Count(pair => pair.First == 0 && pair.Second == 0);
            dropped.CopyTo(before, 0);
        }
        var error = Tolerances.StandardErrors * Math.Sqrt(Share * (1 - Share) / 1e5);
        Tolerances.AssertClose(Share, zeros / 1e5, error);
        Tolerances.AssertClose(1, sum / 1e5, error / (1 - Share));
        // Two examples have independent masks.
        Tolerances.AssertClose(Share * Share, same / 1e5, error);
        // A part of the units has the masks that it has in the whole.
        var part = new float[300];
        mask.Apply(7, 1, 99, 500, ones.AsSpan(0, 300), part);
        Assert.Equal(dropped[500..800], part);
        mask.Apply(8, 1, 99, 0, ones, before);
        Assert.NotEqual(dropped, before);
    }

    private static IEngine Create(string kernels, ulong seed) => Engine.Create(Network, 5, new Momentum(0.1f, 0.5f), 2, kernels, seed);

    private static Parameters Train(string kernels, ulong seed)
    {
        using var engine = Create(kernels, seed);
        var parameters = TestNetworks.RandomParameters(Network, 1);
        engine.Load(parameters);
        Update(engine, 0, 6);
        engine.Save(parameters);
        return parameters;
    }

    private static void Update(IEngine engine, int from, int to)
    {
        for (var update = from; update < to; update++)
        {
            var (x, y) = TestNetworks.RandomExamples(Network, 5, update);
            engine.Update(x, y, update % 2 == 1 ? new Observation(Network, ObservationNeeds.All) : null);
        }
    }
}
