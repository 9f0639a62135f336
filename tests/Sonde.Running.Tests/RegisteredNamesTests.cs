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
    static RegisteredNamesTests()
    {
        ActivationList.Register(new Activation<Cubic>("test-cubic"));
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
