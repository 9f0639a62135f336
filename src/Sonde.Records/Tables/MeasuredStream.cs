using System.Security.Cryptography;

namespace Sonde.Records.Tables;

/// <summary>Passes bytes on to another stream, and computes the digest of stretches of them.</summary>
/// <param name="inner">Receives the bytes.</param>
internal sealed class MeasuredStream(Stream inner) : WriteOnlyStream
{
    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Returns the digest of the bytes since the last call.</summary>
    public string TakeDigest() => Convert.ToHexStringLower(digest.GetHashAndReset());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        digest.AppendData(buffer);
        inner.Write(buffer);
        Written += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        digest.Dispose();
        base.Dispose(disposing);
    }
}
