using Sonde.Optimizers;
using Sonde.Studies.Errors;

namespace Sonde.Studies.Tests.Fields;

public sealed class OptimizerFieldsTests
{
    private static Study Parse(string training) => StudyFile.Parse($"study: s\ntraining: {training}", "s.yaml");

    [Fact]
    public void RatesThatChange_FollowTheirSchedule()
    {
        float Rate(string training, long step) => Parse(training).Trials[0].Setting.Optimizer.Accept(new RateAt(step));
        Assert.Equal(0.1f, Rate("{learningRate: 0.1, updates: 100}", 50));
        Assert.Equal(0.1f / 1.5f, Rate("{learningRate: 0.1, decay: 0.01, updates: 100}", 51), 1e-7f);
        Assert.Equal(0.025f, Rate("{learningRate: 0.1, schedule: \"step(10, 0.5)\", updates: 100}", 21), 1e-7f);
        Assert.Equal(0.1f, Rate("{learningRate: 0.1, schedule: cosine, updates: 100}", 1), 1e-7f);
        Assert.Equal(0.05f, Rate("{learningRate: 0.1, schedule: cosine, updates: 100}", 51), 1e-7f);
        Assert.Equal(0.02f, Rate("{learningRate: 0.1, schedule: warm-up(10), updates: 100}", 2), 1e-7f);
        Assert.Equal(0.1f, Rate("{learningRate: 0.1, schedule: warm-up(10) cosine, updates: 100}", 11), 1e-7f);
    }

    [Fact]
    public void Defaults_AreNotRecorded()
    {
        Assert.Equal(new Optimizer<Sgd>("sgd", new(0.01f)), Parse("{decay: 0, schedule: constant, weightDecay: 0.0}").Trials[0].Setting.Optimizer);
        Assert.Equal(Parse("{updates: 20000}").Trials[0].Setting.Flat, Parse("{decay: 0, schedule: constant, weightDecay: 0.0}").Trials[0].Setting.Flat);
        Assert.Equal(Parse("{optimizer: adam}").Trials[0].Setting.Flat, Parse("{optimizer: adam, epsilonForm: pytorch}").Trials[0].Setting.Flat);
    }

    [Fact]
    public void KerasForm_DividesEpsilonByTheCorrectionToo()
    {
        var adam = Assert.IsType<Optimizer<Adam>>(Parse("{optimizer: adam, epsilon: 0.1, epsilonForm: keras}").Trials[0].Setting.Optimizer);
        var (first, second) = (new Numerics.Lanes.Scalar<double>(0), new Numerics.Lanes.Scalar<double>(0));
        var direction = Adam.At(adam.Rule, 1).Direction(new(0), new Numerics.Lanes.Scalar<double>(2), ref first, ref second).Value;
        // Keras: rate sqrt(1 - 0.999) / (1 - 0.9) * m / (sqrt(v) + epsilon) with m = 0.2 and v = 0.004.
        Assert.Equal(Math.Sqrt(0.001) / 0.1 * 0.2 / (Math.Sqrt(0.004) + 0.1), direction, 1e-5);
    }

    [Fact]
    public void AScheduleThatDependsOnTheLength_CannotBeMadeLonger()
    {
        var study = Parse("{schedule: cosine, updates: 100}");
        Assert.Equal("s: the learning rate of tanh-standard-lr0.01-s1 falls to 0 at the end of its updates (training.schedule), so a longer trial is another "
            + "one from the start. Run a study with more updates into a folder of its own with --out.",
            Assert.Throws<StudyException>(() => LongerTrials.Lengthen(study, 50)).Message);
        var longer = Parse("{schedule: cosine, updates: 150}").Trials[0].Setting;
        Assert.False(LongerTrials.IsLonger(longer, study.Trials[0].Setting.Flat));
        Assert.Equal(150, LongerTrials.Lengthen(Parse("{schedule: \"step(10,0.5)\", updates: 100}"), 50).Trials[0].Setting.Plan.Updates);
    }

    [Theory]
    [InlineData("schedule: linear", "expected constant, step(EVERY,FACTOR), cosine or warm-up(UPDATES), alone or before one of the others, got "
        + "'linear'.")]
    [InlineData("schedule: step(10)", "got 'step(10)'.")]
    [InlineData("weightDecay: -1", "expected a number, 0 or more, such as 1e-4, got '-1'.")]
    [InlineData("epsilonForm: keras", "expected only settings that sgd has, got 'keras' in a trial with sgd.")]
    public void WhatIsNoSchedule_IsRefused(string line, string part) =>
        Assert.Contains(part, Assertions.Refusal($"study: s\ntraining: {{{line}}}"), StringComparison.Ordinal);

    private sealed record RateAt(long Step) : IOptimizerVisitor<float>
    {
        public float Visit<TRule>(TRule rule) where TRule : struct, Sonde.Kernels.Dense.IOptimizer<TRule> => TRule.At(rule, Step).LearningRate;
    }
}
