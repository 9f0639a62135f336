using Sonde.Records.Runs;
using Sonde.Running.Estimating;
using Sonde.Running.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Tests.Estimating;

public sealed class StudyEstimatorTests : IDisposable
{
    private const string Text = """
        study: tiny
        data: {name: shapeset, side: 16}
        network: {hidden: 60x3}
        training: {updates: 400, batch: 5}
        probe: {every: 50, examples: 20}
        evaluate: {every: 100, examples: 50}
        checkpoint: {every: 200}
        seeds: [1, 2]
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-estimate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run => Path.Combine(folder, "run");

    private static Study Parse(params string[] overrides) => StudyFile.Parse(Text, "t.yaml", overrides);

    private StudyEstimate Estimate(params string[] overrides) => Estimate(1, overrides);

    private StudyEstimate Estimate(int parallel, params string[] overrides) =>
        new StudyEstimator(Parse(overrides), Run, Options(parallel), new Ticking()).Estimate();

    private RunOptions Options(int parallel = 1) => new() { Data = new(folder, null, folder), Threads = 1, Parallel = parallel };

    private void Train(params string[] overrides) => new StudyRunner(Parse(overrides), Run, Options(), TimeProvider.System).Train(CancellationToken.None);

    [Fact]
    public void TimeIsThatOfUpdatesLooksAndEvaluations()
    {
        // On a clock by which everything that is timed takes a millisecond: 400 updates, 9 looks, and 5 evaluations of 50 + 50 examples and 50 predictions at
        // 50 a millisecond.
        var estimate = Estimate();
        Assert.All(estimate.Trials, trial => Assert.Equal((TrialProgress.Waiting, 400), (trial.Status, trial.UpdatesLeft)));
        Assert.All(estimate.Trials, trial => Assert.Equal(0.001 * (400 + 9 + 10 + 1), trial.Seconds!.Value, 1e-9));
        Assert.Equal((800, 0, 1), (estimate.Updates, estimate.KnownRates, estimate.Parallel));
        Assert.Equal(0.84, estimate.Seconds!.Value, 1e-9);
    }

    [Fact]
    public void TrialsAtATime_ShareTheWorkButNoneIsCutShort()
    {
        // Two sides tick one clock, so only the ratios are known.
        var two = Estimate(2);
        Assert.Equal(two.Trials.Sum(t => t.Seconds!.Value) / 2, two.Seconds!.Value, 1e-9);
        var three = Estimate(3);
        Assert.Equal(three.Trials[0].Seconds, three.Seconds);
    }

    [Fact]
    public void NetworksBeyondTheFirstFew_AreReckonedByTheirMultiplications()
    {
        var estimate = Estimate("network.hidden=[10x1, 20x1, 30x1, 40x1, 80x3]", "seeds=1", "probe.every=400", "evaluate.every=400", "evaluate.examples=1");
        double Updates(int trial) => estimate.Trials[trial].Seconds!.Value - 0.001 * 2;
        // 40x1, 30x1 and 80x3 have most to do and are timed; the others are reckoned from 30x1, the nearest.
        Assert.All([2, 3, 4], trial => Assert.InRange(estimate.Trials[trial].Seconds!.Value, 0.402, 0.408));
        Assert.InRange(estimate.Trials[0].Seconds!.Value / estimate.Trials[2].Seconds!.Value, 1 / 3.1, 1 / 2.9);
        Assert.InRange(estimate.Trials[1].Seconds!.Value / estimate.Trials[2].Seconds!.Value, 2 / 3.1, 2 / 2.9);
        Assert.True(Updates(0) > 0);
    }

    [Fact]
    public void Jacobians_CountForEachExample()
    {
        // A look without them and one with them take a tick each, so they count for nothing; the clock that is slower by then says otherwise.
        var (bare, three) = (Estimate(), Estimate("probe.jacobian=3"));
        Assert.Equal(bare.Seconds!.Value, three.Seconds!.Value, 1e-9);
        Assert.InRange(three.Bytes!.Value - bare.Bytes!.Value, 2 * 9 * 3 * 180 * 8, 2 * (9 * 3 * 180 * 8 + 9 * 3 * 100));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Disk_IsWhatARunTakes(int jacobian)
    {
        var estimate = Estimate($"probe.jacobian={jacobian}");
        Train($"probe.jacobian={jacobian}");
        foreach (var trial in estimate.Trials)
        {
            var files = Directory.GetFiles(Path.Combine(Run, "trials", trial.Trial.Id), "*", SearchOption.AllDirectories);
            Assert.InRange(trial.Bytes!.Value / (double)files.Sum(file => new FileInfo(file).Length), 0.9, 1.1);
        }
    }

    [Fact]
    public void NothingIsWritten()
    {
        Estimate();
        Assert.False(Directory.Exists(Run));
    }

    [Fact]
    public void FinishedTrials_CostNothingAndGiveTheRate()
    {
        Train();
        var done = Estimate();
        Assert.All(done.Trials, trial => Assert.Equal(("done", 0L, 0.0), (trial.Status, trial.UpdatesLeft, trial.Seconds!.Value)));
        Assert.Equal((0, 1), (done.Updates, done.KnownRates));
        Directory.Delete(Path.Combine(Run, "trials", "tanh-standard-lr0.01-s2"), recursive: true);
        var half = Estimate();
        Assert.Equal(400, half.Updates);
        var finished = RunFolder.Open(Run).ReadManifest("tanh-standard-lr0.01-s1").Result!;
        Assert.Equal(finished.TrainingSeconds + 0.001 * (9 + 10 + 1), half.Trials[1].Seconds!.Value, 1e-9);
    }

    [Fact]
    public void MissingData_LeavesItsTrialsWithoutAnEstimate()
    {
        var estimate = new StudyEstimator(StudyFile.Parse("study: two\nnetwork: {hidden: 10x1}\nprobe: {examples: 20}\nvariants: {drawn: , written: {data: "
            + "mnist}}", "t.yaml"), Run, Options(), new Ticking()).Estimate();
        Assert.NotNull(estimate.Trials[0].Seconds);
        Assert.Equal((null, null, 20_000), (estimate.Trials[1].Seconds, estimate.Trials[1].Bytes, estimate.Trials[1].UpdatesLeft));
        Assert.Equal((null, null), (estimate.Seconds, estimate.Bytes));
        Assert.Contains("Run `sonde data fetch mnist`", Assert.Single(estimate.Missing));
    }

    [Fact]
    public void AnotherStudysFolder_IsRefused()
    {
        Train();
        Assert.Contains("already holds this study with training.batch 5", Assert.Throws<StudyException>(() => Estimate("training.batch=6")).Message);
    }

    /// <summary>A clock that advances by a millisecond each time it is read.</summary>
    private sealed class Ticking : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Interlocked.Increment(ref now);
    }
}
