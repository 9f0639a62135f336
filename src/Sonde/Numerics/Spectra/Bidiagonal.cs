using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sonde.Numerics.Spectra;

/// <summary>Turns a matrix into an upper bidiagonal one with the same singular values, by Householder reflections from the left and the right in turn.
/// Sources: [GolubKahan1965]; both products of a step in one visit of the matrix, [Howell2008].</summary>
/// <remarks>
/// A step subtracts <c>u (tau y)^T + z (pi v)^T</c> from the matrix A that is left, with <c>y = A^T u</c> and <c>z = (A - tau u y^T) v</c>. The subtraction
/// waits for the next step, which does all its work on a column while it is in the nearest cache: subtract, compute y, and add the column to
/// <c>A row^T</c>. From that sum z follows, since v is the new row but for its first element. So a step reads and writes what is left once. Cutting it into
/// blocks of matrix products would halve that traffic for three times the code. 1,000 x 1,000 take 2.7 GFLOP.
/// </remarks>
internal static unsafe class Bidiagonal
{
    /// <summary>Vectors that are visited together, sharing each load of u, z and the sums.</summary>
    public const int AtOnce = 4;

    private const int DoublesPerLine = 8;

    /// <summary>Reduces the matrix whose columns are the vectors.</summary>
    /// <param name="columns">At least as long as there are of them; overwritten.</param>
    /// <returns>The diagonal, [n], and the elements to the right of it, [n - 1].</returns>
    public static (double[] Diagonal, double[] Beside) Reduce(DoubleVectors columns)
    {
        var (n, length, padded) = (columns.Count, columns.Length, columns.PaddedLength);
        var (diagonal, beside) = (new double[n], new double[n - 1]);
        using var work = new DoubleVectors(4, length, 0);
        double* u = work[0], z = work[1], next = work[2], sums = work[3];
        // What each column is to be reduced by, in units of u and z; y and the new row of the step.
        double[] alongU = new double[n + AtOnce], alongZ = new double[n + AtOnce], y = new double[n + AtOnce], row = new double[n + AtOnce];
        for (var k = 0; k < n; k++)
        {
            // Whole lines: above row k the reflection has zeros, and what else is computed there is not used.
            var first = k / DoublesPerLine * DoublesPerLine;
            var column = columns[k];
            for (var i = k; i < length; i++)
                column[i] -= u[i] * alongU[k] + z[i] * alongZ[k];
            var left = Reflection.Of(new Span<double>(column + k, length - k));
            diagonal[k] = left.Value;
            if (k == n - 1)
                break;
            new Span<double>(next + first, k - first).Clear();
            new Span<double>(column + k, length - k).CopyTo(new(next + k, length - k));
            new Span<double>(sums + first, padded - first).Clear();
            for (var j = k + 1; j < n; j += AtOnce)
            {
                Subtract(columns[j], columns.Stride, first, padded, u, z, next, alongU.AsSpan(j, AtOnce), alongZ.AsSpan(j, AtOnce), y.AsSpan(j, AtOnce));
                for (var c = j; c < j + AtOnce; c++)
                    row[c] = columns[c][k] - left.Factor * y[c];
                Add(columns[j], columns.Stride, first, padded, row.AsSpan(j, AtOnce), sums);
            }

            var beginning = row[k + 1];
            var right = Reflection.Of(row.AsSpan(k + 1, n - k - 1));
            beside[k] = right.Value;
            // sums = A row^T. The reflection is row / scale but for its first element, which is 1.
            var scale = beginning - right.Value;
            var along = 0.0;
            for (var j = k + 1; j < n; j++)
                along += y[j] * row[j];
            var behind = columns[k + 1];
            for (var i = k; i < length; i++)
                z[i] = right.Factor == 0 ? 0 : (sums[i] - right.Value * behind[i]) / scale - left.Factor * along * next[i];
            for (var j = k + 1; j < n; j++)
                (alongU[j], alongZ[j]) = (left.Factor * y[j], right.Factor * row[j]);
            var old = u;
            u = next;
            next = old;
        }
        return (diagonal, beside);
    }

    /// <summary>Subtracts what waits from <see cref="AtOnce"/> columns and takes their products with the new reflection.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(
        double* columns, nint stride, nint first, nint end, double* u, double* z, double* next, ReadOnlySpan<double> alongU, ReadOnlySpan<double> alongZ,
            Span<double> y)
    {
        double* a = columns, b = a + stride, c = b + stride, d = c + stride;
        Vector<double> ua = new(-alongU[0]), ub = new(-alongU[1]), uc = new(-alongU[2]), ud = new(-alongU[3]);
        Vector<double> za = new(-alongZ[0]), zb = new(-alongZ[1]), zc = new(-alongZ[2]), zd = new(-alongZ[3]);
        Vector<double> ya = default, yb = default, yc = default, yd = default;
        for (var i = first; i < end; i += Vector<double>.Count)
        {
            Vector<double> ui = Vector.Load(u + i), zi = Vector.Load(z + i), x = Vector.Load(next + i);
            var ai = Vector.FusedMultiplyAdd(ui, ua, Vector.FusedMultiplyAdd(zi, za, Vector.Load(a + i)));
            var bi = Vector.FusedMultiplyAdd(ui, ub, Vector.FusedMultiplyAdd(zi, zb, Vector.Load(b + i)));
            var ci = Vector.FusedMultiplyAdd(ui, uc, Vector.FusedMultiplyAdd(zi, zc, Vector.Load(c + i)));
            var di = Vector.FusedMultiplyAdd(ui, ud, Vector.FusedMultiplyAdd(zi, zd, Vector.Load(d + i)));
            ya = Vector.FusedMultiplyAdd(ai, x, ya);
            yb = Vector.FusedMultiplyAdd(bi, x, yb);
            yc = Vector.FusedMultiplyAdd(ci, x, yc);
            yd = Vector.FusedMultiplyAdd(di, x, yd);
            Vector.Store(ai, a + i);
            Vector.Store(bi, b + i);
            Vector.Store(ci, c + i);
            Vector.Store(di, d + i);
        }
        (y[0], y[1], y[2], y[3]) = (Vector.Sum(ya), Vector.Sum(yb), Vector.Sum(yc), Vector.Sum(yd));
    }

    /// <summary>Adds <see cref="AtOnce"/> columns, each times its element of the new row, to the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(double* columns, nint stride, nint first, nint end, ReadOnlySpan<double> row, double* sums)
    {
        double* a = columns, b = a + stride, c = b + stride, d = c + stride;
        Vector<double> ra = new(row[0]), rb = new(row[1]), rc = new(row[2]), rd = new(row[3]);
        for (var i = first; i < end; i += Vector<double>.Count)
        {
            var left = Vector.FusedMultiplyAdd(Vector.Load(a + i), ra, Vector.FusedMultiplyAdd(Vector.Load(b + i), rb, Vector.Load(sums + i)));
            Vector.Store(Vector.FusedMultiplyAdd(Vector.Load(c + i), rc, Vector.FusedMultiplyAdd(Vector.Load(d + i), rd, left)), sums + i);
        }
    }
}
