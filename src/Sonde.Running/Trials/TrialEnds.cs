namespace Sonde.Running.Trials;

/// <summary>Wakes threads that have nothing to train when a trial of this process ends: then the run is over, or a search has the next trial.</summary>
internal sealed class TrialEnds
{
    private readonly object gate = new();
    private int count;

    /// <summary>Trials that have ended so far.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return count;
        }
    }

    /// <summary>Counts one more, and wakes all that wait.</summary>
    public void Add()
    {
        lock (gate)
        {
            count++;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until more trials have ended than before.</summary>
    /// <param name="before">The <see cref="Count"/> that was read before the caller looked for something to train.</param>
    /// <param name="longest">The longest wait: trials of other processes end unheard.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public void WaitForMore(int before, TimeSpan longest, CancellationToken cancellation)
    {
        using var registration = cancellation.Register(Wake);
        lock (gate)
            if (count == before && !cancellation.IsCancellationRequested)
                Monitor.Wait(gate, longest);
    }

    private void Wake()
    {
        lock (gate)
            Monitor.PulseAll(gate);
    }
}
