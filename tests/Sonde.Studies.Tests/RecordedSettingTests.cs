using Sonde.Networks;
using Sonde.Studies.Fields;

namespace Sonde.Studies.Tests;

public sealed class RecordedSettingTests
{
    [Fact]
    public void StudysOwnSetting_ReadsBackWhole()
    {
        var written = Trial("network: {hidden: \"30,20\", activation: softsign, init: gaussian(0.1)}\npretraining: {method: denoising-autoencoder}\nseeds: 7");
        var read = TrialSetting.Read(written.Flat);
        Assert.Empty(read.Missing);
        Assert.Empty(read.Unknown);
        Assert.True(read.Hidden == written.Hidden);
        Assert.Equal((written.Activation, written.Cost, written.LearningRate, written.Seed, written.Data, written.Begin),
            (read.Activation, read.Cost, read.LearningRate!.Value, read.Seed!.Value, read.Data!, read.Begin));
        Assert.Equal(written.Initializer.Name, read.Initializer!.Name);
        Assert.Equal(written.Pretraining, read.Pretraining);
        Assert.Equal(written.Flat, read.FindTrialSetting()!.Flat);
    }

    [Fact]
    public void RandomSettings_ReadBackWhole()
    {
        for (var seed = 0; seed < 200; seed++)
            foreach (var trial in StudyFile.Parse(new RandomStudy(seed).Text, "random.yaml").Trials.Take(3))
                Assert.Equal(trial.Setting.Flat, TrialSetting.Read(trial.Setting.Flat).FindTrialSetting()!.Flat);
    }

    [Fact]
    public void FieldThatIsNotRecorded_IsNullAndMissing()
    {
        var flat = new Dictionary<string, string>(Trial("").Flat);
        flat.Remove(SettingField.ProbeJacobian.Key);
        flat.Remove(SettingField.Seed.Key);
        var read = TrialSetting.Read(flat);
        Assert.Equal(["probe.jacobian", "seeds"], read.Missing);
        Assert.Null(read.JacobianExamples);
        Assert.Null(read.Seed);
        Assert.Null(read.FindTrialSetting());
        Assert.NotNull(read.Hidden);
    }

    [Fact]
    public void ValueThatIsNotKnown_IsNullButItsTextStays()
    {
        var flat = new Dictionary<string, string>(Trial("").Flat)
        {
            [SettingField.Activation.Key] = "my-own", [SettingField.Batch.Key] = "many",
        };
        var read = TrialSetting.Read(flat);
        Assert.Equal(["network.activation", "training.batch"], read.Unknown);
        Assert.Null(read.Activation);
        Assert.Null(read.Batch);
        Assert.Equal("my-own", read.TextOf(SettingField.Activation));
    }

    [Theory]
    [InlineData("[500, 300, 100]", "500,300,100")]
    [InlineData("100", "100x1")]
    public void OldSpellingOfWidths_IsRead(string recorded, string widths) =>
        Assert.Equal(widths, TrialSetting.Read(new Dictionary<string, string> { [SettingField.Hidden.Key] = recorded }).Hidden!.ToString());

    [Fact]
    public void NothingRecorded_IsEmptyAndMissesAllThatEveryTrialHas()
    {
        var read = TrialSetting.Read(new Dictionary<string, string>());
        Assert.True(read.IsEmpty);
        Assert.Equal(FieldList.All.Where(field => field.IsOfEveryTrial).Select(field => field.Path), read.Missing);
        Assert.Equal(0, read.Begin);
        Assert.Null(read.Data);
    }

    [Fact]
    public void ListedNames_ComeBackAsTheListedObjects()
    {
        var read = TrialSetting.Read(Trial("network: {activation: sigmoid, init: normalized, cost: quadratic}").Flat);
        Assert.Same(ActivationList.Find("sigmoid"), read.Activation);
        Assert.Same(InitializerList.Find("normalized"), read.Initializer);
        Assert.Same(CostList.Find("quadratic"), read.Cost);
    }

    [Fact]
    public void SettingFields_HaveAKeyAndWriteAChange()
    {
        Assert.Equal(("seeds", "seed"), (SettingField.Seed.Path, SettingField.Seed.Key));
        Assert.Equal("network.hidden=1000x5", SettingField.Hidden.To("1000x5"));
        Assert.Equal("data.side=64", SettingField.InData("side=64"));
        Assert.Equal("data.side=64", SettingField.InData("data.side=64"));
        Assert.Equal(("cost", "pretraining.cost", "width"),
            (SettingField.ShortName("network.cost"), SettingField.ShortName("pretraining.cost"), SettingField.ShortName("width")));
    }

    private static TrialSetting Trial(string yaml) => StudyFile.Parse($"study: t\n{yaml}", "t.yaml").Trials[0].Setting;
}
