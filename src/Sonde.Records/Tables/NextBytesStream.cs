using System.Buffers;
using Sonde.Records.Files;

namespace Sonde.Records.Tables;

/// <summary>A stream for writing that passes its bytes on in pieces of a megabyte.</summary>
/// <param name="next">Receives the pieces.</param>
internal sealed class NextBytesStream(NextBytes next) : WriteOnlyStream
{
    private const int PieceLength = 1 << 20;

    private byte[]? rented;
    private int filled;

    private byte[] Piece => rented ??= ArrayPool<byte>.Shared.Rent(PieceLength);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Written += buffer.Length;
        while (buffer.Length > 0)
        {
            var some = Math.Min(buffer.Length, PieceLength - filled);
            buffer[..some].CopyTo(Piece.AsSpan(filled));
            buffer = buffer[some..];
            filled += some;
            if (filled == PieceLength)
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
            next(Piece.AsSpan(0, filled));
        filled = 0;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        rented = null;
        base.Dispose(disposing);
    }
}
