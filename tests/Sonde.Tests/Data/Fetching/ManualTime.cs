namespace Sonde.Tests.Data.Fetching;

/// <summary>A clock whose timers go off only when a test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Timer> timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        lock (timers)
            timers.Add(timer);
        return timer;
    }

    public void ElapseAll()
    {
        Timer[] due;
        lock (timers)
            due = [.. timers];
        foreach (var timer in due)
            timer.Elapse();
    }

    private sealed class Timer(ManualTime time, Action elapse) : ITimer
    {
        public void Elapse() => elapse();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            lock (time.timers)
                time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
