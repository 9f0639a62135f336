using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sonde.Data.Fetching;
using Sonde.Records.Trials;
using Sonde.Running.Logging;
using Sonde.Running.Trials;
using Sonde.Studies;

namespace Sonde.Running.Tests;

public sealed class RunAsyncTests : IDisposable
{
    private const string Text = """
        study: tiny
        data: {name: shapeset, side: 16}
        network: {hidden: 10x2}
        training: {updates: 12, batch: 5}
        probe: {every: 4, examples: 10}
        evaluate: {every: 6, examples: 20}
        checkpoint: {every: 5}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-async-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Progress_EndsWithTheLastStateOfEachTrial()
    {
        var reports = new Reports();
        var runner = Runner(null, "seeds=[1, 2]");
        await runner.RunAsync(reports, TestContext.Current.CancellationToken);
        Assert.Equal(runner.Trials.Select(trial => (trial.Trial.Id, TrialStatus.Done, 12L)),
            runner.Trials.Select(trial => reports.Seen.Last(report => report.Id == trial.Trial.Id)).Select(r => (r.Id, r.Now.Status, r.Now.Update)));
    }

    [Fact]
    public async Task Cancellation_SavesAndCancelsTheTask()
    {
        using var stop = new CancellationTokenSource();
        var runner = Runner(null, "training.updates=10000000");
        var running = runner.RunAsync(new Reports(), stop.Token);
        SpinWait.SpinUntil(() => runner.Trials[0].Now.Update > 5);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(TrialStatus.Interrupted, runner.Run.ReadManifest(runner.Trials[0].Trial.Id).Status);
    }

    [Fact]
    public async Task Logger_ReceivesNoticesProgressAndErrors()
    {
        var log = new ListedLog();
        Directory.CreateDirectory(Path.Combine(folder, "run"));
        await Runner(log.ToNotices()).RunAsync(log.ToProgress(), TestContext.Current.CancellationToken);
        // Finished already, so the second run reports that and no more.
        await Runner(log.ToNotices(), "seeds=[1, 2]").RunAsync(log.ToProgress(), TestContext.Current.CancellationToken);
        Assert.Contains((LogLevel.Information, $"{Path.Combine(folder, "run")}: the finished trial is kept, 1 is added"), log.Lines);
        Assert.Contains(log.Lines, line =>
            line.Level == LogLevel.Information && line.Text.StartsWith("tanh-standard-lr0.01-s1: done at update 12", StringComparison.Ordinal));
    }

    private StudyRunner Runner(Action<string>? notice, params string[] overrides) =>
        new(StudyFile.Parse(Text, "t.yaml", ["seeds=[1]", .. overrides]), Path.Combine(folder, "run"),
            new() { Data = DataFolder.OfUser(folder), Threads = 1 }, TimeProvider.System, notice);

    private sealed class Reports : IProgress<TrialReport>
    {
        public ConcurrentQueue<TrialReport> Seen { get; } = [];

        public void Report(TrialReport value) => Seen.Enqueue(value);
    }

    private sealed class ListedLog : ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, formatter(state, exception)));
    }
}
