namespace Sonde.Numerics.Spectra;

/// <summary>Computes all singular values of a dense matrix, without its singular vectors.</summary>
/// <remarks>Reflections from both sides make the matrix bidiagonal (<see cref="Bidiagonal"/>); its singular values are found by bisection
/// (<see cref="BidiagonalValues"/>). No step iterates until something converges, so none can fail to. The paper computes them for the Jacobian of a layer
/// ([Glorot2010], eq. 17). Everything is in double precision, and each value is within some 1e-14 of the largest one. One thread; different matrices may be
/// computed side by side.</remarks>
public static class SingularValues
{
    /// <summary>Computes the singular values of a matrix, or of its product with a diagonal one.</summary>
    /// <param name="matrix">[rows, columns], row major.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="factors">[columns], what each column is multiplied by; empty for 1.</param>
    /// <returns>[min(rows, columns)], the largest first.</returns>
    /// <exception cref="ArgumentException">A span has another length than the sizes say, or a number is NaN or infinite.</exception>
    public static double[] Of(ReadOnlySpan<float> matrix, int rows, int columns, ReadOnlySpan<double> factors = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (matrix.Length != (long)rows * columns)
            throw new ArgumentException($"Expected a matrix of {rows} x {columns} = {(long)rows * columns} values, got {matrix.Length}. Pass it whole, row by "
                + $"row.", nameof(matrix));
        if (factors.Length != 0 && factors.Length != columns)
            throw new ArgumentException($"Expected a factor for each of {columns} columns, got {factors.Length}. Pass one for each, or none.", nameof(factors));
        if (matrix.Length == 0)
            return [];
        using var vectors = Vectors(matrix, rows, columns, factors);
        var (diagonal, beside) = Bidiagonal.Reduce(vectors);
        return BidiagonalValues.Of(diagonal, beside);
    }

    /// <summary>Copies the matrix into vectors along its longer side.</summary>
    private static unsafe DoubleVectors Vectors(ReadOnlySpan<float> matrix, int rows, int columns, ReadOnlySpan<double> factors)
    {
        var vectors = new DoubleVectors(Math.Min(rows, columns), Math.Max(rows, columns), Bidiagonal.AtOnce);
        for (var i = 0; i < rows; i++)
        {
            var row = matrix.Slice(i * columns, columns);
            for (var j = 0; j < columns; j++)
            {
                var value = factors.IsEmpty ? row[j] : row[j] * factors[j];
                if (!double.IsFinite(value))
                    throw new ArgumentException(
                        $"Expected finite numbers, got {value} in row {i}, column {j}. A matrix with NaN or infinity has no singular values. Find what "
                        + $"wrote it, or skip this matrix.", nameof(matrix));
                if (columns >= rows)
                    vectors[i][j] = value;
                else
                    vectors[j][i] = value;
            }
        }
        return vectors;
    }
}
