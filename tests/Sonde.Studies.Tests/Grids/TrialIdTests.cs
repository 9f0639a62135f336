using Sonde.Studies.Errors;

namespace Sonde.Studies.Tests.Grids;

/// <summary>Ids follow from a trial's own setting and from which fields are lists; nothing else in the study changes them.</summary>
public sealed class TrialIdTests
{
    private static IEnumerable<string> Ids(string text) => StudyFile.Parse($"study: s\n{text}", "s.yaml").Trials.Select(t => t.Id);

    private static string Error(string text) => Assert.Throws<StudyException>(() => Ids(text)).Message;

    [Theory]
    [InlineData("network: {activation: tanh}", "network: {activation: [relu, tanh]}")]
    [InlineData("network: {init: standard}", "network: {init: [he, standard]}")]
    [InlineData("training: {learningRate: 0.01}", "training: {learningRate: [0.1, 0.01]}")]
    [InlineData("seeds: 1", "seeds: [7, 1]")]
    [InlineData("training: {batch: [10]}", "training: {batch: [20, 10]}")]
    [InlineData("network: {hidden: [1000x5]}", "network: {hidden: [1000x4, 1000x5]}")]
    [InlineData("data: {side: [32]}", "data: {side: [16, 32]}")]
    public void AValueMoreInAList_LeavesTheOtherIds(string before, string after) => Assert.Contains(Ids(before).Single(), Ids(after));

    [Fact]
    public void AListInsteadOfOneValue_ShowsInTheIds()
    {
        Assert.Equal(["tanh-standard-lr0.01-s1"], Ids("training: {batch: 10}"));
        Assert.Equal(["tanh-standard-lr0.01-b10-s1"], Ids("training: {batch: [10]}"));
        Assert.Equal(["tanh-standard-lr0.01-b10-s1"],
            Ids(StudyFile.Write(StudyFile.Parse("study: s\ntraining: {batch: [10]}", "s.yaml"))["study: s\n".Length..]));
    }

    // A layer's own activation and initializer count, not those of the network that no layer has.
    [Theory]
    [InlineData("32 relu he, 16 tanh normalized", "relu-tanh-he-normalized-lr0.01-s1")]
    [InlineData("32x3 relu, 16", "relu-tanh-standard-lr0.01-s1")]
    [InlineData("32 tanh, 16", "tanh-standard-lr0.01-s1")]
    [InlineData("32 gaussian(0.5)", "tanh-gaussian0.5-lr0.01-s1")]
    [InlineData("none", "tanh-standard-lr0.01-s1")]
    public void LayersThatSayTheirOwn_AreInTheId(string hidden, string expected) => Assert.Equal([expected], Ids($"network: {{hidden: \"{hidden}\"}}"));

    [Fact]
    public void AListOfActivationsThatNoLayerHas_KeepsItsTrialsApart() =>
        Assert.Equal(["relu-standard-lr0.01-s1", "tanh-standard-lr0.01-s1"], Ids("network: {hidden: 32 softsign, activation: [relu, tanh]}"));

    [Fact]
    public void WhatDoesNotFitAFolderName_IsKeptApartByADigest()
    {
        var ids = Ids("data: {name: mnist, path: [/a/digits, /b/digits, digits, 'dig its']}").ToList();
        Assert.Equal(4, ids.Distinct().Count());
        Assert.Matches("^tanh-standard-lr0.01-digits-[0-9a-f]{8}-s1$", ids[0]);
        Assert.Equal("tanh-standard-lr0.01-digits-s1", ids[2]);
    }

    [Fact]
    public void LongIds_AreCutAndStayApart()
    {
        var numbers = string.Join(',', Enumerable.Range(1, 30));
        var ids = Ids($"network: {{hidden: [\"{numbers},1\", \"{numbers},2\"], init: [gaussian(0.123456789012345)]}}\ntraining: {{batch: [1], updates: "
            + $"[1000000000000], optimizer: [sgd]}}\n"
            + "probe: {every: [1000000000000], examples: [1000000]}\nevaluate: {every: [1000000000000], examples: [100000000]}\ncheckpoint: {every: "
                + "[1000000000000]}").ToList();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^tanh-gaussian0.123456789012345-lr0.01-1-2-3.*-[0-9a-f]{8}$", id));
        Assert.All(ids, id => Assert.Equal(119, id.Length));
    }

    [Fact]
    public void TwoTrialsOfOneId_AreRefused()
    {
        Assert.Equal("s.yaml:1:1: study: expected a different id for every trial (capitals do not count), got a-he-s1 for two, with network.init standard and "
            + "he. Rename a variant.",
            Error("variants: {a-he: , a: {network: {init: [he, standard]}}}"));
        Assert.Equal("s.yaml:1:1: study: expected a different id for every trial (capitals do not count), got Tanh-s1 for two, with the same settings. "
            + "Rename a "
            + "variant.",
            Error("variants: {tanh: , Tanh: }"));
    }
}
