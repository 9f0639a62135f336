using Sonde.Numerics.Memory;

namespace Sonde.Numerics.Spectra;

/// <summary>Vectors of doubles of one length that start on cache lines, padded with zeros to whole lines; all elements start at 0.</summary>
/// <param name="count">Vectors that hold values.</param>
/// <param name="length">Elements of each.</param>
/// <param name="block">Vectors that a kernel handles at once: it may read and write this many past the last one.</param>
internal sealed unsafe class DoubleVectors(int count, int length, int block) : IDisposable
{
    private const int FloatsPerLine = 16;

    // Two floats per double: only lines and pages matter.
    private readonly PaddedMatrix memory = new(count + block, 2 * length, FloatsPerLine);

    /// <summary>Vectors that hold values.</summary>
    public int Count => count;

    /// <summary>Elements of each.</summary>
    public int Length => length;

    /// <summary>Elements of each that kernels compute, whole lines.</summary>
    public int PaddedLength => memory.PaddedColumns / 2;

    /// <summary>Doubles from one vector to the next.</summary>
    public nint Stride => memory.Stride / 2;

    /// <summary>The first element of a vector.</summary>
    public double* this[int vector] => (double*)memory.Data + vector * Stride;

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();
}
