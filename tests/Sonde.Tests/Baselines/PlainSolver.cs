namespace Sonde.Tests.Baselines;

/// <summary>A slow twin: the whole kernel matrix in double precision, the most violating pair in each step, no cache, no shrinking.</summary>
internal static class PlainSolver
{
    /// <summary>Signed coefficients of a problem of two classes.</summary>
    /// <param name="gram">[n, n].</param>
    /// <param name="signs">1 or -1 each.</param>
    /// <param name="c">The bound.</param>
    /// <param name="tolerance">Of the conditions of the optimum.</param>
    public static double[] Solve(double[,] gram, int[] signs, double c, double tolerance)
    {
        var (beta, f) = (new double[signs.Length], signs.Select(sign => (double)sign).ToArray());
        for (; ; )
        {
            int up = -1, down = -1;
            for (var k = 0; k < signs.Length; k++)
            {
                if (beta[k] < (signs[k] > 0 ? c : 0) && (up < 0 || f[k] > f[up]))
                    up = k;
                if (beta[k] > (signs[k] > 0 ? 0 : -c) && (down < 0 || f[k] < f[down]))
                    down = k;
            }
            if (f[up] - f[down] < tolerance)
                return beta;
            var room = Math.Min((signs[up] > 0 ? c : 0) - beta[up], beta[down] - (signs[down] > 0 ? 0 : -c));
            var step = Math.Min(room, (f[up] - f[down]) / Math.Max(gram[up, up] + gram[down, down] - 2 * gram[up, down], 1e-12));
            beta[up] += step;
            beta[down] -= step;
            for (var k = 0; k < signs.Length; k++)
                f[k] -= step * (gram[k, up] - gram[k, down]);
        }
    }

    /// <summary><c>exp(-gamma |x - z|^2)</c> of every two examples.</summary>
    public static double[,] Gram(float[] inputs, int count, double gamma)
    {
        var (width, gram) = (inputs.Length / count, new double[count, count]);
        for (var a = 0; a < count; a++)
            for (var b = 0; b < count; b++)
                gram[a, b] = Math.Exp(-gamma * Enumerable.Range(0, width).Sum(i => Math.Pow((double)inputs[a * width + i] - inputs[b * width + i], 2)));
        return gram;
    }

    /// <summary><c>1/2 beta K beta - sum |beta|</c>.</summary>
    public static double Objective(double[,] gram, double[] beta)
    {
        double sum = 0;
        for (var a = 0; a < beta.Length; a++)
            for (var b = 0; b < beta.Length; b++)
                sum += beta[a] * beta[b] * gram[a, b] / 2;
        return sum - beta.Sum(Math.Abs);
    }
}
