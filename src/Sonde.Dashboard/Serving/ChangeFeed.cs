using System.Threading.Channels;
using Sonde.Dashboard.Folders;

namespace Sonde.Dashboard.Serving;

/// <summary>Tells open pages which trials have changed. Nothing is looked at while no page listens.</summary>
/// <param name="folders">The run folders.</param>
/// <param name="clock">The clock.</param>
internal sealed class ChangeFeed(RunFolders folders, TimeProvider clock)
{
    // A trial writes at its checkpoints, and somebody may wait for it.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);

    // A trial that has ended can be made longer, and a folder can be added: rare, and dear to look for.
    private static readonly TimeSpan BetweenThorough = TimeSpan.FromSeconds(6);

    // A record is to be on the page within a second of its file.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(700);

    // Watching takes at most this share of a core from the training, however many trials there are.
    private const double MostShare = 0.005;

    // A message that names more trials says "all" instead.
    private const int MostNamed = 100;

    // A page that does not read for so long misses changes and loads all again.
    private const int MostWaiting = 64;

    private readonly Lock listening = new();
    private readonly List<Channel<Change>> listeners = [];

    /// <summary>The most pages that may listen at once.</summary>
    public const int MostListeners = 40;

    /// <summary>Begins to listen; null if too many do.</summary>
    public Channel<Change>? Listen()
    {
        var channel = Channel.CreateBounded<Change>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (listening)
        {
            if (listeners.Count >= MostListeners)
                return null;
            listeners.Add(channel);
        }
        return channel;
    }

    /// <summary>Stops listening.</summary>
    public void Leave(Channel<Change> channel)
    {
        lock (listening)
            listeners.Remove(channel);
    }

    /// <summary>Looks for changes until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Between, clock);
        var (due, thoroughDue) = (clock.GetTimestamp(), clock.GetTimestamp() + Ticks(BetweenThorough));
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            var start = clock.GetTimestamp();
            if (!HasListeners || start < due)
                continue;
            var isThorough = start >= thoroughDue;
            Look(isThorough);
            var took = clock.GetElapsedTime(start);
            if (isThorough)
                thoroughDue = start + Ticks(TimeSpan.FromTicks(Math.Max(BetweenThorough.Ticks, (long)(took.Ticks / MostShare))));
            else
                due = start + Ticks(TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, (long)(took.Ticks / MostShare))));
        }
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <summary>Looks once, and tells every listener what has changed.</summary>
    public void Look(bool isThorough)
    {
        if (isThorough && folders.Search())
            Tell(new("", null));
        foreach (var (key, run) in folders.All)
            if (run.HasGrown())
                Tell(new(key, null));
            else if (run.IsRead && run.Refresh(isThorough) is { Count: > 0 } changed)
                Tell(new(key, changed.Count > MostNamed ? null : changed));
    }

    private bool HasListeners
    {
        get
        {
            lock (listening)
                return listeners.Count > 0;
        }
    }

    private void Tell(Change change)
    {
        lock (listening)
            foreach (var listener in listeners)
                listener.Writer.TryWrite(change);
    }
}

/// <summary>What has changed.</summary>
/// <param name="Folder">The key of the run folder; empty if a folder was added or is gone.</param>
/// <param name="Trials">The trials; null for any of them.</param>
internal sealed record Change(string Folder, IReadOnlyList<string>? Trials);
