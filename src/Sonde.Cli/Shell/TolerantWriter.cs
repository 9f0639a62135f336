using System.Text;

namespace Sonde.Cli.Shell;

/// <summary>A writer that swallows nothing but the failure to write: what is trained must not end because a disk is full or a terminal is closed.</summary>
internal sealed class TolerantWriter : TextWriter
{
    private readonly TextWriter inner;

    /// <summary>Opens a writer; if that fails, everything written to it is lost and <see cref="Failure"/> says why.</summary>
    public TolerantWriter(Func<TextWriter> open)
    {
        inner = Null;
        inner = Attempt(open) ?? Null;
    }

    /// <summary>Why a write failed; null if all succeeded.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner == Null ? Encoding.UTF8 : inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Attempt(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Attempt(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Attempt(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Attempt(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void WriteLine() => Attempt(inner.WriteLine);

    /// <inheritdoc/>
    public override void Flush() => Attempt(inner.Flush);

    /// <summary>Does something with a stream of the process; records the failure instead of throwing it.</summary>
    public void Attempt(Action write) => Attempt<object?>(() =>
    {
        write();
        return null;
    });

    private T? Attempt<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Failure ??= failure.Message;
            return default;
        }
    }
}
