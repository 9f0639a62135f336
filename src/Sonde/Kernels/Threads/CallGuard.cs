namespace Sonde.Kernels.Threads;

/// <summary>Lets one call at a time into an object that is not made for several threads, and none after its disposal.</summary>
/// <param name="name">What the object is, for messages, such as <c>engine</c>.</param>
/// <param name="release">Frees what the object holds; called once, when no call is inside.</param>
/// <remarks>Nothing here waits. A call that finds another one inside gets an exception at once. Disposal while a call is inside returns at once, and that call
/// frees everything when it ends.</remarks>
internal sealed class CallGuard(string name, Action release) : IDisposable
{
    private const int Idle = 0, Busy = 1, DisposedWhileBusy = 2, Disposed = 3;

    private int state;

    /// <summary>Begins a call; dispose the result when it ends.</summary>
    /// <exception cref="InvalidOperationException">Another call is inside.</exception>
    /// <exception cref="ObjectDisposedException">The object was disposed.</exception>
    public Call Enter() => Interlocked.CompareExchange(ref state, Busy, Idle) switch
    {
        Idle => new(this),
        Busy => throw new InvalidOperationException(
            $"This {name} is in use by another call, and it can serve one at a time. Wait for that call to end, or make another {name} for each thread."),
        _ => throw new ObjectDisposedException(name, $"This {name} was disposed. Make another one, or dispose it after its last use."),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        // A call may begin or end between reading the state and changing it; then the state is read again.
        for (var seen = Volatile.Read(ref state); seen is Idle or Busy; seen = Volatile.Read(ref state))
        {
            if (Interlocked.CompareExchange(ref state, seen == Idle ? Disposed : DisposedWhileBusy, seen) != seen)
                continue;
            if (seen == Idle)
                release();
            return;
        }
    }

    private void Exit()
    {
        if (Interlocked.CompareExchange(ref state, Idle, Busy) != DisposedWhileBusy)
            return;
        Volatile.Write(ref state, Disposed);
        release();
    }

    /// <summary>A call that is inside.</summary>
    internal readonly ref struct Call(CallGuard guard)
    {
        /// <summary>Ends the call.</summary>
        public void Dispose() => guard.Exit();
    }
}
