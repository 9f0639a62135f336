using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sonde.Interop.Tensors;

namespace Sonde.Interop.Curves;

/// <summary>Writes an event file of TensorBoard: scalars and histograms, each at an update. The same values give the same bytes. Source:
/// [TensorBoard2015].</summary>
internal sealed class EventFile
{
    private const int LengthBytes = sizeof(ulong), ChecksumBytes = sizeof(uint);

    private readonly Stream stream;

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where to write; stays open.</param>
    public EventFile(Stream stream)
    {
        this.stream = stream;
        // No time: nothing in the file depends on the moment of the export.
        Write(new ProtobufWriter().Add(3, "brain.Event:2"));
    }

    /// <summary>Adds numbers at an update.</summary>
    public void Scalars(long update, IEnumerable<(string Tag, double Value)> scalars)
    {
        var summary = new ProtobufWriter();
        foreach (var (tag, value) in scalars)
            summary.Add(1, new ProtobufWriter().Add(1, tag).Add(2, (float)value));
        Write(new ProtobufWriter().Add(2, update).Add(5, summary));
    }

    /// <summary>Adds a histogram with bins of equal width at an update.</summary>
    /// <param name="update">The update.</param>
    /// <param name="tag">Its name.</param>
    /// <param name="low">The lower limit of the first bin.</param>
    /// <param name="high">The upper limit of the last bin.</param>
    /// <param name="counts">What each bin holds.</param>
    /// <param name="mean">Mean of the values.</param>
    /// <param name="sd">Their population sd.</param>
    public void Histogram(long update, string tag, double low, double high, IReadOnlyList<double> counts, double mean, double sd)
    {
        var (number, width) = (counts.Sum(), (high - low) / counts.Count);
        var limits = Enumerable.Range(1, counts.Count).Select(k => k == counts.Count ? high : low + k * width).ToArray();
        var histogram = new ProtobufWriter().Add(1, low).Add(2, high).Add(3, number).Add(4, number * mean).Add(5, number * (mean * mean + sd * sd))
            .Add(6, MemoryMarshal.AsBytes<double>(limits)).Add(7, MemoryMarshal.AsBytes<double>(counts.ToArray()));
        Write(new ProtobufWriter().Add(2, update).Add(5, new ProtobufWriter().Add(1, new ProtobufWriter().Add(1, tag).Add(5, histogram))));
    }

    private void Write(ProtobufWriter happening)
    {
        var data = happening.ToArray();
        Span<byte> length = stackalloc byte[LengthBytes], checksum = stackalloc byte[ChecksumBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        stream.Write(length);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, EventCurves.Checksum(length));
        stream.Write(checksum);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, EventCurves.Checksum(data));
        stream.Write(checksum);
    }
}
