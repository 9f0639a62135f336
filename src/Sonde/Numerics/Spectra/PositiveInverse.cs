namespace Sonde.Numerics.Spectra;

/// <summary>The inverse of a symmetric positive definite matrix, by the factors L L^T.</summary>
internal static class PositiveInverse
{
    /// <summary>Replaces a matrix by its inverse.</summary>
    /// <param name="matrix">[size, size], symmetric; holds the inverse if it worked, else part of the factors.</param>
    /// <param name="size">Rows.</param>
    /// <returns>False if the matrix is not positive definite.</returns>
    public static bool TryReplace(double[] matrix, int size)
    {
        for (var j = 0; j < size; j++)
        {
            var rest = matrix[j * size + j] - Dot(matrix, j * size, j * size, j);
            if (!(rest > 0))
                return false;
            var pivot = matrix[j * size + j] = Math.Sqrt(rest);
            for (var i = j + 1; i < size; i++)
                matrix[i * size + j] = (matrix[i * size + j] - Dot(matrix, i * size, j * size, j)) / pivot;
        }
        // The rows of the transposed inverse of L, so that all products below run along rows.
        var inverse = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            inverse[j * size + j] = 1 / matrix[j * size + j];
            for (var i = j + 1; i < size; i++)
            {
                var sum = 0.0;
                for (var k = j; k < i; k++)
                    sum += matrix[i * size + k] * inverse[j * size + k];
                inverse[j * size + i] = -sum / matrix[i * size + i];
            }
        }
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var k = i; k < size; k++)
                    sum += inverse[i * size + k] * inverse[j * size + k];
                matrix[i * size + j] = matrix[j * size + i] = sum;
            }
        return true;
    }

    private static double Dot(double[] matrix, int left, int right, int count)
    {
        var sum = 0.0;
        for (var k = 0; k < count; k++)
            sum += matrix[left + k] * matrix[right + k];
        return sum;
    }
}
