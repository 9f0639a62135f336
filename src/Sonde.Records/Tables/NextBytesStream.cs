using Sonde.Records.Files;

namespace Sonde.Records.Tables;

/// <summary>A stream for writing that passes its bytes on in pieces of a megabyte.</summary>
/// <param name="next">Receives the pieces.</param>
internal sealed class NextBytesStream(NextBytes next) : WriteOnlyStream
{
    private readonly byte[] piece = new byte[1 << 20];
    private int filled;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Written += buffer.Length;
        while (buffer.Length > 0)
        {
            var some = Math.Min(buffer.Length, piece.Length - filled);
            buffer[..some].CopyTo(piece.AsSpan(filled));
            buffer = buffer[some..];
            filled += some;
            if (filled == piece.Length)
                PassOn();
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // The writer of a table flushes after every part of it.
    }

    /// <summary>Passes on the last piece.</summary>
    public void PassOn()
    {
        if (filled > 0)
            next(piece.AsSpan(0, filled));
        filled = 0;
    }
}
