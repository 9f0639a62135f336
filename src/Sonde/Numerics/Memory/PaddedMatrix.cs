using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sonde.Numerics.Memory;

/// <summary>A row-major matrix of floats outside the managed heap, laid out for vector kernels; all elements start at 0.</summary>
/// <remarks>Rows start on cache lines and are an odd number of lines apart: with a power of two between them, the rows of a tile would compete
/// for the same few sets of the cache. Ten rows of half a page, read side by side, still would. Spread rows do not: each starts seven lines after the
/// one before, counted within a page.</remarks>
internal sealed unsafe class PaddedMatrix : IDisposable
{
    private const int Line = 64, FloatsPerLine = Line / sizeof(float), LinesPerPage = 64, Spread = 7;
    private float* data;

    /// <summary>Reserves the memory.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns that hold values.</param>
    /// <param name="columnBlock">Columns that a kernel handles at once: <see cref="PaddedColumns"/> is a multiple of it.</param>
    /// <param name="spreadRows">True if many rows are read side by side; each row then takes up to a page more.</param>
    public PaddedMatrix(int rows, int columns, int columnBlock, bool spreadRows = false)
    {
        (Rows, Columns) = (rows, columns);
        PaddedColumns = (columns + columnBlock - 1) / columnBlock * columnBlock;
        var lines = (PaddedColumns + FloatsPerLine - 1) / FloatsPerLine | 1;
        while (spreadRows && lines % LinesPerPage is not (Spread or LinesPerPage - Spread))
            lines += 2;
        Stride = lines * FloatsPerLine;
        var bytes = (nuint)Math.Max(1, rows) * (nuint)Stride * sizeof(float);
        if (bytes >= HugePages.Size)
        {
            // Whole huge pages, or the last part of the matrix would be on small ones.
            bytes = (bytes + HugePages.Size - 1) / HugePages.Size * HugePages.Size;
            data = (float*)NativeMemory.AlignedAlloc(bytes, HugePages.Size);
            HugePages.Ask(data, bytes);
        }
        else
            data = (float*)NativeMemory.AlignedAlloc(bytes, Line);
        NativeMemory.Clear(data, bytes);
        GC.AddMemoryPressure(checked((long)bytes));
        Bytes = (long)bytes;
    }

    ~PaddedMatrix() => Release();

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns that hold values.</summary>
    public int Columns { get; }

    /// <summary>Columns that kernels compute; those past <see cref="Columns"/> are padding.</summary>
    public int PaddedColumns { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Element [0, 0].</summary>
    public float* Data => data;

    private long Bytes { get; }

    /// <summary>Returns one row, without padding.</summary>
    public Span<float> Row(int row) => new(data + (nint)row * Stride, Columns);

    /// <summary>Returns one row with the padding that kernels compute.</summary>
    public Span<float> PaddedRow(int row) => new(data + (nint)row * Stride, PaddedColumns);

    /// <summary>Returns the padding of one row that kernels compute.</summary>
    public Span<float> Padding(int row) => new(data + (nint)row * Stride + Columns, PaddedColumns - Columns);

    /// <summary>Sets the padding of some rows to 0.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="columns">How many columns were computed; the padding after them is left alone.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ClearPadding(int first, int end, int columns)
    {
        var count = columns - Columns;
        if (count == 0)
            return;
        var row = data + (nint)first * Stride + Columns;
        for (var left = end - first; left > 0; left--, row += Stride)
        {
            // A call that clears a few floats takes longer than the stores.
            var k = 0;
            for (; k + Vector128<float>.Count <= count; k += Vector128<float>.Count)
                Vector128<float>.Zero.Store(row + k);
            for (; k < count; k++)
                row[k] = 0;
        }
    }

    /// <summary>Copies rows in from a row-major array without padding.</summary>
    public void CopyFrom(ReadOnlySpan<float> source)
    {
        for (var row = 0; row * Columns < source.Length; row++)
            source.Slice(row * Columns, Columns).CopyTo(Row(row));
    }

    /// <summary>Copies rows out, from the first on, to a row-major array without padding.</summary>
    public void CopyTo(Span<float> destination)
    {
        for (var row = 0; row * Columns < destination.Length; row++)
            Row(row).CopyTo(destination.Slice(row * Columns, Columns));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (data is null)
            return;
        NativeMemory.AlignedFree(data);
        data = null;
        GC.RemoveMemoryPressure(Bytes);
    }
}
