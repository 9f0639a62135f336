namespace Sonde.Cli.Data;

/// <summary>Runs long work so that the first signal ends it within a second, even if the work is in the middle of one large step.</summary>
internal static class Interruptible
{
    // Time for the work to end by itself and to remove what it has half written.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    /// <summary>Runs work on another thread, because signals are handled only while this one waits.</summary>
    /// <param name="work">The work; it checks its token between steps.</param>
    /// <param name="cancellation">Cancelled by the first signal.</param>
    /// <exception cref="OperationCanceledException">A signal came first.</exception>
    public static async Task<T> Run<T>(Func<CancellationToken, T> work, CancellationToken cancellation)
    {
        var running = Task.Run(() => work(cancellation), CancellationToken.None);
        try
        {
            return await running.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Grace, CancellationToken.None));
            throw;
        }
    }
}
