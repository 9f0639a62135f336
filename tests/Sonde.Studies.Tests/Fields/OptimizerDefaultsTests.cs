namespace Sonde.Studies.Tests.Fields;

/// <summary>The learning rate is the optimizer's own where a study says nothing.</summary>
public sealed class OptimizerDefaultsTests
{
    private static Study Parse(string text, params string[] overrides) => StudyFile.Parse(text, "s.yaml", overrides);

    private static IEnumerable<string> Rates(Study study) =>
        study.Trials.Select(t => $"{t.Setting.Flat["training.optimizer"]} {t.Setting.Flat["training.learningRate"]}");

    [Fact]
    public void AGridOfOptimizers_TrainsEachAtItsOwnRate()
    {
        var study = Parse("study: s\ntraining: {optimizer: [sgd, momentum, adam, sdlm, gradient-variance]}");
        Assert.Equal(["sgd 0.01", "momentum 0.01", "adam 0.0001", "sdlm 0.0002", "gradient-variance 0.0001"], Rates(study));
        Assert.Equal("tanh-standard-lr0.0001-adam-s1", study.Trials[2].Id);
        Assert.Equal(Rates(study), Rates(Parse(StudyFile.Write(study))));
    }

    [Fact]
    public void AVariantWithAnotherOptimizer_HasThatOnesRateAndReadsBackEqual()
    {
        var study = Parse("study: s\nvariants: {plain: , other: {training: {optimizer: adam}}, both: {training: {optimizer: [sgd, sdlm]}}}");
        Assert.Equal(["sgd 0.01", "adam 0.0001", "sgd 0.01", "sdlm 0.0002"], Rates(study));
        Assert.Equal(Rates(study), Rates(Parse(StudyFile.Write(study))));
    }

    [Fact]
    public void ARateThatTheStudyGives_HoldsForEveryVariant()
    {
        var study = Parse("study: s\ntraining: {learningRate: 0.003}\nvariants: {plain: , other: {training: {optimizer: adam}}}");
        Assert.Equal(["sgd 0.003", "adam 0.003"], Rates(study));
        Assert.Equal(Rates(study), Rates(Parse(StudyFile.Write(study))));
        Assert.Equal(["adam 0.1"], Rates(Parse("study: s", "training.optimizer=adam", "training.learningRate=0.1")));
    }
}
