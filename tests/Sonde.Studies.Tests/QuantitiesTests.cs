using Sonde.Probes;

namespace Sonde.Studies.Tests;

/// <summary>What a study measures.</summary>
public sealed class QuantitiesTests
{
    private static Trial Trial(string yaml) => StudyFile.Parse($"study: s\n{yaml}", "r").Trials[0];

    [Fact]
    public void Standard_IsTheDefaultAndIsNotRecorded()
    {
        var (open, said) = (Trial(""), Trial("probe: {quantities: standard}"));
        Assert.Equal((ProbeQuantities.Standard, open.Id), (said.Setting.Probe.Quantities, said.Id));
        Assert.Equal(open.Setting.Flat, said.Setting.Flat);
        Assert.DoesNotContain("probe.quantities", open.Setting.Flat.Keys);
        Assert.Contains("quantities: standard", StudyFile.Write(StudyFile.Parse("study: s", "r")));
    }

    [Theory]
    [InlineData("economy", "economy")]
    [InlineData("full", "full")]
    [InlineData("weight activation", "activation weight")]
    [InlineData("\"weight, activation\"", "activation weight")]
    public void PresetOrNames_AreRecorded(string text, string recorded)
    {
        var setting = Trial($"probe: {{quantities: {text}}}").Setting;
        Assert.Equal((recorded, recorded), (setting.Probe.Quantities.Name, setting.Flat["probe.quantities"]));
        Assert.Equal(recorded, TrialSetting.Read(setting.Flat).Quantities!.Name);
    }

    [Fact]
    public void ManifestWithoutTheField_MeansStandard()
    {
        Assert.Same(ProbeQuantities.Standard, TrialSetting.Read(new Dictionary<string, string>()).Quantities);
        Assert.Null(TrialSetting.Read(new Dictionary<string, string> { ["probe.quantities"] = "notAProbe" }).Quantities);
    }

    [Theory]
    [InlineData("activations", "got 'activations'. Did you mean 'activation'?")]
    [InlineData("weight weight", "got 'weight weight'.")]
    public void UnknownQuantity_IsRefused(string text, string ends) => Assert.EndsWith(ends, Assertions.Refusal($"study: s\nprobe: {{quantities: {text}}}"));

    [Fact]
    public void FullOfFewLiveExamples_NeedsAsManyAsItsJacobians() => Assert.StartsWith("r:2:31: probe.jacobian: expected at most 5",
        Assertions.Refusal("study: s\nprobe: {on: live, quantities: full}\ntraining: {batch: 5}"));
}
