namespace Sonde.Cli.Shell;

/// <summary>Work that has nothing to save, so the first signal ends it.</summary>
internal static class Interruptible
{
    /// <summary>Runs work on another thread and returns its result.</summary>
    /// <remarks>After a signal the work continues unobserved until the process ends, which follows at once. It must leave no file half written under its
    /// final name.</remarks>
    /// <exception cref="OperationCanceledException">A signal arrived first.</exception>
    public static async Task<T> Run<T>(Func<T> work, CancellationToken cancellation) =>
        await Task.Run(work, CancellationToken.None).WaitAsync(cancellation);
}
