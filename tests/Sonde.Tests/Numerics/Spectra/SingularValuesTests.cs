using MathNet.Numerics.LinearAlgebra;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Numerics.Spectra;

namespace Sonde.Tests.Numerics.Spectra;

/// <summary>Singular values against closed forms and against MathNet.Numerics.</summary>
public sealed class SingularValuesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    [InlineData(5, 4)]
    [InlineData(8, 8)]
    [InlineData(16, 17)]
    [InlineData(33, 31)]
    [InlineData(64, 64)]
    [InlineData(101, 37)]
    [InlineData(40, 150)]
    public void RandomMatricesOfAnyShape_AgreeWithMathNet(int rows, int columns) => AssertAgrees(Gaussian(rows, columns), rows, columns);

    [Theory]
    [InlineData(60, 45)]
    [InlineData(30, 30)]
    public void GradedMatrices_AgreeWithMathNet(int rows, int columns)
    {
        var matrix = Gaussian(rows, columns);
        for (var k = 0; k < matrix.Length; k++)
            matrix[k] *= (float)(Math.Pow(10, -6.0 * (k / columns) / rows) * Math.Pow(10, -6.0 * (k % columns) / columns));
        AssertAgrees(matrix, rows, columns);
    }

    [Fact]
    public void RankDeficientMatrices_HaveThatManyZeros()
    {
        const int Rows = 40, Columns = 30, Rank = 7;
        // Whole numbers, so that the product is exact and so is its rank.
        var (left, right) = (Whole(Rows * Rank), Whole(Rank * Columns));
        var matrix = new float[Rows * Columns];
        for (var i = 0; i < Rows; i++)
            for (var j = 0; j < Columns; j++)
                for (var k = 0; k < Rank; k++)
                    matrix[i * Columns + j] += left[i * Rank + k] * right[k * Columns + j];
        AssertAgrees(matrix, Rows, Columns);
        var values = SingularValues.Of(matrix, Rows, Columns);
        Assert.All(values[..Rank], value => Assert.True(value > 1));
        Assert.All(values[Rank..], value => Assert.InRange(value, 0, Tolerances.SingularValues * values[0]));
    }

    [Fact]
    public void ColumnsOfZeros_AgreeWithMathNet()
    {
        var matrix = Gaussian(20, 20);
        for (var k = 0; k < matrix.Length; k++)
            if (k % 20 % 3 == 0 || k / 20 == 5)
                matrix[k] = 0;
        AssertAgrees(matrix, 20, 20);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(30, 20)]
    [InlineData(20, 30)]
    public void ZeroMatrix_HasZeros(int rows, int columns) => Assert.Equal(new double[Math.Min(rows, columns)],
        SingularValues.Of(new float[rows * columns], rows, columns));

    [Fact]
    public void EmptyMatrix_HasNone() => Assert.Empty(SingularValues.Of([], 0, 5));

    [Fact]
    public void DiagonalMatrix_HasTheSizesOfItsDiagonal()
    {
        float[] diagonal = [0.5f, -3, 0, 1e-20f, 2, -2, 1e-3f];
        var matrix = new float[49];
        for (var k = 0; k < 7; k++)
            matrix[8 * k] = diagonal[k];
        AssertAll([.. diagonal.Select(v => (double)Math.Abs(v)).OrderDescending()], SingularValues.Of(matrix, 7, 7), Tolerances.SingularValues);
    }

    [Theory]
    [InlineData(48, 48)]
    [InlineData(50, 31)]
    public void OrthogonalMatrix_HasOnes(int rows, int columns)
    {
        var (random, matrix) = (new RandomKey(4, "orthogonal").Stream(), new float[rows * columns]);
        InitializerList.Find("orthogonal")!.Fill(ref random, rows, columns, matrix);
        Assert.All(SingularValues.Of(matrix, rows, columns), value => Tolerances.AssertClose(1, value, Tolerances.OrthogonalInSinglePrecision));
    }

    [Fact]
    public void SquareGaussianMatrix_FollowsTheQuarterCircle()
    {
        const int Size = 300;
        var values = SingularValues.Of(Gaussian(Size, Size), Size, Size).Select(value => value / Math.Sqrt(Size)).ToList();
        Tolerances.AssertClose(8 / (3 * Math.PI), values.Average(), Tolerances.FiniteSpectrum);
        // The share below x of the density sqrt(4 - x^2) / pi on [0, 2].
        foreach (var x in new[] { 0.5, 1, 1.5 })
            Tolerances.AssertClose((x * Math.Sqrt(4 - x * x) / 2 + 2 * Math.Asin(x / 2)) / Math.PI, values.Count(value => value < x) / (double)Size,
                Tolerances.FiniteSpectrum);
    }

    [Theory]
    [InlineData(1e-38f)]
    [InlineData(1e-44f)]
    [InlineData(1e37f)]
    public void TinyAndHugeNumbers_NeitherVanishNorOverflow(float scale)
    {
        float[] matrix = [3 * scale, 0, 4 * scale, 5 * scale];
        // The exact values of [[3, 0], [4, 5]] are 3 sqrt 5 and sqrt 5; the smallest floats are too few to hold the ratios.
        var exact = Matrix<double>.Build.Dense(2, 2, (i, j) => matrix[2 * i + j] / (double)scale).Svd(false).S;
        AssertAll([.. exact.Select(value => value * scale)], SingularValues.Of(matrix, 2, 2), Tolerances.SingularValues);
    }

    [Fact]
    public void Factors_MultiplyColumns()
    {
        var (matrix, factors) = (Gaussian(25, 12), Gaussian(1, 12).Select(v => (double)v).ToArray());
        var product = Matrix<double>.Build.Dense(25, 12, (i, j) => matrix[12 * i + j] * factors[j]);
        AssertAll([.. product.Svd(false).S], SingularValues.Of(matrix, 25, 12, factors), Tolerances.SingularValues);
    }

    [Fact]
    public void SameMatrixTwice_GivesTheSameBits() => Assert.Equal(SingularValues.Of(Gaussian(70, 50), 70, 50), SingularValues.Of(Gaussian(70, 50), 70, 50));

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void NumberThatIsNotFinite_IsNamedWithItsPlace(float value, string shown)
    {
        var matrix = Gaussian(4, 3);
        matrix[2 * 3 + 1] = value;
        var error = Assert.Throws<ArgumentException>(() => SingularValues.Of(matrix, 4, 3));
        Assert.StartsWith($"Expected finite numbers, got {shown} in row 2, column 1. ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongSizes_AreNamed()
    {
        Assert.StartsWith("Expected a matrix of 2 x 3 = 6 values, got 5. ", Assert.Throws<ArgumentException>(() => SingularValues.Of(new float[5], 2, 3))
            .Message, StringComparison.Ordinal);
        Assert.StartsWith("Expected a factor for each of 3 columns, got 2. ", Assert.Throws<ArgumentException>(() =>
            SingularValues.Of(new float[6], 2, 3, [1, 1])).Message, StringComparison.Ordinal);
    }

    private static void AssertAgrees(float[] matrix, int rows, int columns) => AssertAll(
        [.. Matrix<double>.Build.Dense(rows, columns, (i, j) => matrix[i * columns + j]).Svd(false).S], SingularValues.Of(matrix, rows, columns),
            Tolerances.SingularValues);

    private static void AssertAll(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
            Tolerances.AssertClose(expected[k], actual[k], tolerance, expected[0]);
    }

    private static float[] Gaussian(int rows, int columns)
    {
        var (random, values) = (new RandomKey(7, "matrix").Stream(), new float[rows * columns]);
        foreach (ref var value in values.AsSpan())
            value = (float)random.NextGaussian();
        return values;
    }

    private static float[] Whole(int count) => [.. Gaussian(1, count).Select(value => MathF.Round(3 * value))];
}
