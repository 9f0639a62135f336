namespace Sonde.Cli.Shell;

/// <summary>Runs long work so that the first signal ends it within a second, even in the middle of one large step.</summary>
/// <remarks>After a signal the work continues unobserved until the process ends, which follows at once. It must leave no file half written under its final
/// name.</remarks>
internal static class Interruptible
{
    // Time for the work to end by itself and to remove its unfinished files.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(400);

    /// <summary>Runs work that checks its token between steps.</summary>
    /// <param name="work">The work; it runs on another thread, because signals are handled only while this one waits.</param>
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

    /// <summary>Runs work that knows no token and has nothing to remove.</summary>
    /// <inheritdoc cref="Run{T}(Func{CancellationToken, T}, CancellationToken)"/>
    public static async Task<T> Run<T>(Func<T> work, CancellationToken cancellation) =>
        await Task.Run(work, CancellationToken.None).WaitAsync(cancellation);
}
