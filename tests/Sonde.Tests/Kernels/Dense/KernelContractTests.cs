using Sonde.Numerics.Lanes;

namespace Sonde.Tests.Kernels.Dense;

/// <summary>Each vector kernel on memory that starts anywhere: it agrees with the plain form in double precision, or in single precision if NaN, infinities,
/// denormals and large numbers are among its sources, and writes nothing but its result.</summary>
/// <remarks>One file for each pair of a plain and a vector form.</remarks>
public abstract unsafe partial class KernelContractTests<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    private static readonly int ColumnStep = TLanes.Count;

    // Examples, inputs, column steps, floats by which the start is off a cache line.
    public static IEnumerable<TheoryDataRow<int, int, int, int>> Shapes =>
        from examples in Enumerable.Range(1, 12)
        from shape in new[] { (4, 1, 0), (33, 2, 1), (68, 3, 3), (5, 4, 2), (7, 7, 5) }
        select new TheoryDataRow<int, int, int, int>(examples, shape.Item1, shape.Item2, shape.Item3);

    // How many values, and floats by which the start is off a cache line.
    public static TheoryData<int, int> Lengths => new() { { 1, 0 }, { 3, 1 }, { 7, 2 }, { 15, 3 }, { 16, 0 }, { 17, 5 }, { 33, 7 }, { 100, 1 } };

    // Kernels that take any number of values compute whole vectors.
    private static int WholeVectors(int count) => (count + TLanes.Count - 1) / TLanes.Count * TLanes.Count;

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);
}

public sealed class Vector128KernelTests : KernelContractTests<Lanes4>;

public sealed class Vector256KernelTests : KernelContractTests<Lanes8>;

public sealed class Vector512KernelTests : KernelContractTests<Lanes16>;
