using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Random;
using Sonde.Studies;

namespace Sonde.Running.Tests;

/// <summary>A study names what a program has registered, trains it, and its record reads back.</summary>
public sealed class RegisteredNamesTests
{
    private static ulong seedSeen;

    static RegisteredNamesTests()
    {
        ActivationList.Register(new Activation<Cubic>("test-cubic"));
        DatasetList.Register(new("test-sides", "Two classes on two sides of 0", (setting, _) => Sides(setting.Seed)));
        InitializerList.Register("test-sparse", "SHARE", share => share is >= 0 and <= 1 ? new Sparse(share) : null);
    }

    [Fact]
    public void AStudyOfRegisteredNames_TrainsAndItsRecordNamesThem()
    {
        var folder = Directory.CreateTempSubdirectory("sonde-registered-").FullName;
        try
        {
            var study = StudyFile.Parse(
                "study: own\ndata: {name: shapeset, side: 16}\nnetwork: {hidden: 3x1, activation: test-cubic, init: test-sparse(0.5)}\n"
                + "training: {updates: 4}\nevaluate: {every: 4, examples: 10}\nprobe: {every: 4, examples: 10}\ncheckpoint: {every: 4}\n", "own.yaml");
            var runner = new StudyRunner(
                study, Path.Combine(folder, "run"), new() { Data = DataFolder.OfUser(folder), Threads = 1 }, TimeProvider.System, _ => { });
            runner.Train(CancellationToken.None);
            var trial = runner.Run.ReadTrial(Assert.Single(runner.Trials).Trial.Id);
            Assert.Equal("done", trial.Manifest.Status);
            var read = TrialSetting.Read(trial.Manifest.Setting);
            Assert.Same(ActivationList.Find("test-cubic"), read.Activation);
            Assert.Equal("test-sparse(0.5)", read.Initializer!.Name);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void AStudyOfARegisteredDataset_TrainsOnItWithItsFields()
    {
        var folder = Directory.CreateTempSubdirectory("sonde-registered-").FullName;
        try
        {
            var study = StudyFile.Parse(
                "study: own\ndata: {name: test-sides, seed: 7}\nnetwork: {hidden: 3x1}\ntraining: {updates: 300, learningRate: 0.1, batch: 2}\n"
                + "evaluate: {every: 300, examples: 10}\nprobe: {every: 300, examples: 4}\ncheckpoint: {every: 300}\n", "own.yaml");
            var runner = new StudyRunner(
                study, Path.Combine(folder, "run"), new() { Data = DataFolder.OfUser(folder), Threads = 1 }, TimeProvider.System, _ => { });
            runner.Train(CancellationToken.None);
            var trial = runner.Run.ReadTrial(Assert.Single(runner.Trials).Trial.Id);
            Assert.Equal("done", trial.Manifest.Status);
            Assert.Equal(("test-sides", 7ul), (TrialSetting.Read(trial.Manifest.Setting).Data!.Name, seedSeen));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void ADatasetNameThatIsTakenOrNoWord_IsRefused()
    {
        Assert.StartsWith("There is already a dataset named 'mnist'. Give this one another name.",
            Assert.Throws<ArgumentException>(() => DatasetList.Register(new("mnist", "", (_, _) => Sides(1)))).Message, StringComparison.Ordinal);
        foreach (var name in (string[])["", "My Set", "a/b", "../x", "true", "1st"])
            Assert.StartsWith("The name of a dataset is small letters, digits and hyphens",
                Assert.Throws<ArgumentException>(() => DatasetList.Register(new(name, "", (_, _) => Sides(1)))).Message, StringComparison.Ordinal);
    }

    private static ArrayDataset Sides(ulong seed)
    {
        seedSeen = seed;
        var examples = LabelledExamples.FromFloats(new float[] { -1, 1, -2, 2 }, new byte[] { 0, 1, 0, 1 });
        return new("test-sides", new(1, 1, 1), ["left", "right"], examples, examples, examples);
    }

    private readonly struct Cubic : IActivation
    {
        public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => s * s * s;

        public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> => TLanes.Of(3) * s * s;
    }

    private sealed class Sparse(double share) : Initializer
    {
        public override string Name => $"test-sparse({share})";

        public override double Variance(int fanIn, int fanOut) => share / fanIn;

        protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights)
        {
            foreach (ref var weight in weights)
                weight = random.NextUnit() < share ? (float)(random.NextGaussian() / Math.Sqrt(fanIn)) : 0;
        }
    }
}
