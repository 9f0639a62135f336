using Sonde.Engines;
using Sonde.Probes;

namespace Sonde.Tests.Probes;

/// <summary>Which probes a plan creates, and when they measure.</summary>
public sealed class ProbePlanTests
{
    private static readonly string[] Basic =
    [
        Quantity.Input, Quantity.Activation, Quantity.Preactivation, Quantity.BackpropagatedGradient, Quantity.WeightGradient, Quantity.Weight,
        Quantity.Update,
    ];

    [Fact]
    public void Standard_IsWhatSondeAlwaysMeasured()
    {
        Assert.Equal([.. Basic, Quantity.Bias, Quantity.WeightedInput, Quantity.UnitSd], NamesOf(new()));
        Assert.Equal(Basic, NamesOf(new() { IsLive = true }));
        Assert.Equal([.. Basic, Quantity.Bias, Quantity.WeightedInput, Quantity.UnitSd, Quantity.Jacobian], NamesOf(new() { JacobianExamples = 3 }));
        Assert.Equal((0, 3), (new ProbePlan().MeasuredJacobians, new ProbePlan { JacobianExamples = 3 }.MeasuredJacobians));
    }

    [Fact]
    public void Economy_IsActivationsAndBackpropagatedGradients() => Assert.Equal(
        [Quantity.Activation, Quantity.BackpropagatedGradient], NamesOf(new() { Quantities = ProbeQuantities.Economy }));

    [Fact]
    public void Full_HasJacobiansWithoutBeingAskedTwice()
    {
        var full = new ProbePlan { Quantities = ProbeQuantities.Full };
        Assert.Equal([.. Basic, Quantity.Bias, Quantity.WeightedInput, Quantity.UnitSd, Quantity.Jacobian], NamesOf(full));
        Assert.Equal((10, 3), (full.MeasuredJacobians, (full with { JacobianExamples = 3 }).MeasuredJacobians));
    }

    [Fact]
    public void Names_GiveTheirProbesInTheListsOrder()
    {
        var quantities = ProbeQuantities.Find("weight, activation")!;
        Assert.Equal("activation weight", quantities.Name);
        Assert.Equal(ProbeQuantities.Find("activation weight"), quantities);
        Assert.Equal([Quantity.Activation, Quantity.Weight], NamesOf(new() { Quantities = quantities }));
        Assert.Equal(10, new ProbePlan { Quantities = ProbeQuantities.Find("jacobian")! }.MeasuredJacobians);
    }

    [Theory]
    [InlineData("")]
    [InlineData("weights")]
    [InlineData("activation activation")]
    [InlineData("standard weight")]
    public void WhatIsNeitherPresetNorNames_IsNotFound(string text) => Assert.Null(ProbeQuantities.Find(text));

    [Fact]
    public void AProbeOfOnesOwn_IsFoundByNameOnceRegistered()
    {
        Assert.Null(ProbeQuantities.Find("activation costSpread"));
        ProbeList.Register(new CostSpread("costSpread"));
        Assert.Equal("activation costSpread", ProbeQuantities.Find("costSpread activation")!.Name);
        Assert.Equal(Quantity.Activation, NamesOf(new() { Quantities = ProbeQuantities.Find("activation costSpread")! })[0]);
        Assert.DoesNotContain("costSpread", NamesOf(new() { Quantities = ProbeQuantities.Full }));
    }

    [Theory]
    [InlineData("activation", "There is already a probe or preset named 'activation'. Give this probe another name.")]
    [InlineData("economy", "There is already a probe or preset named 'economy'. Give this probe another name.")]
    [InlineData("two words", "A probe's name is one word of letters and digits, such as linearRegime; this one is 'two words'. Rename it.")]
    public void AName_IsOneWordThatNoOtherProbeHas(string name, string message) => Assert.StartsWith(
        message, Assert.Throws<ArgumentException>(() => ProbeList.Register(new CostSpread(name))).Message, StringComparison.Ordinal);

    [Fact]
    public void TheLastLiveObservation_ComesBeforeTheLastUpdate()
    {
        Assert.Equal(new ProbeSchedule(1000, 4000, -200), new ProbePlan().Schedule(4000, -200));
        Assert.Equal(new ProbeSchedule(50, 3999), new ProbePlan { Every = 50, IsLive = true }.Schedule(4000));
    }

    private static List<string> NamesOf(ProbePlan plan) => [.. plan.CreateProbes(1).Select(probe => probe.Name)];

    private sealed class CostSpread(string name) : Probe
    {
        public override string Name => name;

        public override ObservationNeeds Needs => ObservationNeeds.None;

        public override void Measure(Observation observation, IProbeLog log) =>
            log.Record(PooledValues.Statistics(observation.Update, observation.Network.Layers, Name, observation.Costs));
    }
}
