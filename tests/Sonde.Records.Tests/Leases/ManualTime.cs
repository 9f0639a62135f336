namespace Sonde.Records.Tests.Leases;

/// <summary>A clock that a test moves, whose timers ring on the way.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Ringer> ringers = [];
    private DateTimeOffset now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var ringer = new Ringer(() => callback(state));
        ringers.Add(ringer);
        return ringer;
    }

    /// <summary>Time passes, and every timer rings once at the end of it.</summary>
    public void Pass(TimeSpan span)
    {
        now += span;
        foreach (var ringer in ringers.Where(r => !r.IsStopped))
            ringer.Ring();
    }

    private sealed class Ringer(Action ring) : ITimer
    {
        public bool IsStopped { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => IsStopped = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
