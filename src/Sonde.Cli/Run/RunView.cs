using System.Collections.Concurrent;
using Sonde.Cli.Shell;
using Sonde.Running.Trials;

namespace Sonde.Cli.Run;

/// <summary>Shows the progress of trials on standard error.</summary>
internal abstract class RunView
{
    private readonly ConcurrentQueue<string> notices = new();

    private bool IsFollowing { get; set; }

    /// <summary>Returns the view that suits standard error: rows redrawn in place on a terminal, plain lines elsewhere.</summary>
    public static RunView Open() => Terminal.IsLive(onError: true) ? new LiveView() : new PlainView();

    /// <summary>Shows a sentence; any thread may call it.</summary>
    public void Notice(string text)
    {
        notices.Enqueue(text);
        if (!IsFollowing)
            WriteNotices();
    }

    /// <summary>Shows trials until the work on them is done; rethrows the exception with which it ended.</summary>
    public async Task Follow(IReadOnlyList<TrialProgress> trials, Action train)
    {
        IsFollowing = true;
        var work = Task.CompletedTask;
        await Show(trials, () => work = Task.Run(train));
        IsFollowing = false;
        WriteNotices();
        await work;
    }

    /// <summary>Begins the work, once the states of the trials before it are known, and shows them until it is done.</summary>
    protected abstract Task Show(IReadOnlyList<TrialProgress> trials, Func<Task> begin);

    /// <summary>
    /// Draws again and again until the work is done, the last time after its end: what trials did between the last look and the end is not lost.
    /// </summary>
    protected async Task Repeat(Task work, TimeSpan between, Action draw)
    {
        bool hasEnded;
        do
        {
            await Task.WhenAny(work, Task.Delay(between));
            hasEnded = work.IsCompleted;
            WriteNotices();
            draw();
        }
        while (!hasEnded);
    }

    private void WriteNotices()
    {
        while (notices.TryDequeue(out var text))
            Terminal.Notice(text);
    }
}
