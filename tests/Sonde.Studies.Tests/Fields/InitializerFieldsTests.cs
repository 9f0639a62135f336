using Sonde.Data.Shapeset;
using Sonde.Studies.Fields;

namespace Sonde.Studies.Tests.Fields;

public sealed class InitializerFieldsTests
{
    private static Study Parse(string network) => StudyFile.Parse($"study: s\nnetwork: {network}", "s.yaml");

    [Fact]
    public void RulesOfLayersAndBiases_AreTypedAndReachTheNetwork()
    {
        var setting = Parse("{firstInit: he-uniform, outputInit: uniform(0.05), biasInit: constant(0.1)}").Trials[0].Setting;
        Assert.Equal(("he-uniform", "uniform(0.05)", "constant(0.1)"),
            (setting.FirstInitializer!.Name, setting.OutputInitializer!.Name, setting.BiasInitializer!.Name));
        var network = setting.NetworkOn(new ShapesetDataset());
        Assert.Equal("standard (first he-uniform, output uniform(0.05), biases constant(0.1))", network.InitializerText);
        Assert.False(TrialSetting.Read(setting.Flat).IsUniform);
        Assert.Equal(setting.Flat, TrialSetting.Read(setting.Flat).FindTrialSetting()!.Flat);
    }

    [Fact]
    public void WhatALayerSays_ComesBeforeWhatTheNetworkSays()
    {
        var setting = Parse("{hidden: \"50 relu he, 40x2 softsign, 30 lecun\", activation: tanh, init: normalized, firstInit: standard}").Trials[0].Setting;
        Assert.Equal("50 relu he, 40x2 softsign, 30 lecun", setting.Flat["network.hidden"]);
        Assert.Equal([50, 40, 40, 30], setting.Hidden);
        var network = setting.NetworkOn(new ShapesetDataset());
        Assert.Equal(["relu", "softsign", "softsign", "tanh"], Enumerable.Range(1, 4).Select(layer => network.ActivationOf(layer).Name));
        Assert.Equal(["he", "normalized", "normalized", "lecun", "normalized"], Enumerable.Range(1, 5).Select(layer => network.InitializerOf(layer).Name));
        Assert.Equal("50 relu he, 40x2 softsign, 30 lecun", network.HiddenText);
        Assert.Equal("softsign", TrialSetting.Read(setting.Flat).ActivationOf(2)!.Name);
        Assert.False(TrialSetting.Read(setting.Flat).IsUniform);
    }

    [Fact]
    public void Same_IsTheDefaultAndIsNotRecorded()
    {
        var (plain, same) = (Parse("{init: he}").Trials[0], Parse("{init: he, firstInit: same, outputInit: same, biasInit: same}").Trials[0]);
        Assert.Equal(plain.Setting.Flat, same.Setting.Flat);
        Assert.DoesNotContain(plain.Setting.Flat.Keys, key => key.EndsWith("Init", StringComparison.Ordinal));
        Assert.Null(plain.Setting.BiasInitializer);
        Assert.True(TrialSetting.Read(plain.Setting.Flat).IsUniform);
    }

    [Fact]
    public void AGrid_HasAnIdForEveryRule() => Assert.Equal(
        ["tanh-standard-lr0.01-bias-constant0.1-s1", "tanh-standard-lr0.01-output-normalized-bias-constant0.1-s1", "tanh-standard-lr0.01-output-normalized-s1",
            "tanh-standard-lr0.01-s1"],
        Parse("{outputInit: [same, normalized], biasInit: [same, constant(0.1)]}").Trials.Select(trial => trial.Id).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("biasInit: orthogonal", "network.biasInit: expected one of same, standard, normalized, lecun, he, he-uniform, sklearn-mlp, gaussian(SD), "
        + "uniform(A), constant(VALUE), got 'orthogonal'.")]
    [InlineData("outputInit: normalised", "got 'normalised'. Did you mean 'normalized'?")]
    [InlineData("firstInit: uniform(-1)", "got 'uniform(-1)'.")]
    public void AnUnknownRule_IsRefused(string line, string part) =>
        Assert.Contains(part, Assertions.Refusal($"study: s\nnetwork: {{{line}}}"), StringComparison.Ordinal);

    [Fact]
    public void EveryFieldOfRules_HasAbsence() =>
        Assert.All((Field[])[InitializerFields.First, InitializerFields.Output, InitializerFields.Biases], field => Assert.False(field.IsOfEveryTrial));
}
