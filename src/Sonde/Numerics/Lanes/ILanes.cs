using System.Runtime.Intrinsics;

namespace Sonde.Numerics.Lanes;

/// <summary>One or more real numbers computed side by side: a plain number, or a processor vector of floats.</summary>
/// <remarks>
/// A formula written once over <typeparamref name="TSelf"/> runs in double precision for gradient checks
/// (<see cref="Scalar{T}"/>) and at any vector width in the kernels (<see cref="Lanes4"/>, <see cref="Lanes8"/>,
/// <see cref="Lanes16"/>); the JIT compiles each use as if it were written for that type.
/// Every operation rounds alike in all vector widths; <see cref="Scalar{T}"/> uses the exact library functions.
/// </remarks>
public interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    /// <summary>The same constant in every lane.</summary>
    static abstract TSelf Of(double value);

    /// <summary>Lane by lane sum.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Lane by lane difference.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Lane by lane product.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Lane by lane quotient.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Lane by lane negation.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary><c>left * right + addend</c>, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>Square root, rounded as IEEE 754 says.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Absolute value.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The smaller of the two; NaN if either is.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger of the two; NaN if either is.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary><paramref name="positive"/> if <paramref name="value"/> &gt; 0, else <paramref name="otherwise"/> (NaN is not &gt; 0).</summary>
    static abstract TSelf WherePositive(TSelf value, TSelf positive, TSelf otherwise);

    /// <summary>The nearest whole number; halves go to the even one.</summary>
    static abstract TSelf Round(TSelf value);

    /// <summary><c>value * 2^exponent</c>, rounded once if the result is denormal.</summary>
    /// <param name="value">From 1/2 to 2.</param>
    /// <param name="exponent">Whole numbers from -200 to 200.</param>
    static abstract TSelf TimesPowerOfTwo(TSelf value, TSelf exponent);

    /// <summary><c>e^value</c>.</summary>
    static abstract TSelf Exp(TSelf value);

    /// <summary>Natural logarithm.</summary>
    static abstract TSelf Log(TSelf value);

    /// <summary>Hyperbolic tangent.</summary>
    static abstract TSelf Tanh(TSelf value);
}

/// <summary>Lanes that are floats of a processor vector: what the vector kernels load, combine and store.</summary>
public interface IVectorLanes<TSelf> : ILanes<TSelf> where TSelf : struct, IVectorLanes<TSelf>
{
    /// <summary>How many floats one value holds.</summary>
    static abstract int Count { get; }

    /// <summary>How many vector registers kernels may count on: 16, or 32.</summary>
    static abstract int Registers { get; }

    /// <summary>True if the processor has vectors of this width (otherwise the runtime emulates them, slowly but correctly).</summary>
    static abstract bool IsAccelerated { get; }

    /// <summary>The same float in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>Adds a product to a sum in place, <c>sum := left * right + sum</c>, rounded once.</summary>
    /// <remarks>If kernels assigned what <see cref="ILanes{TSelf}.FusedMultiplyAdd"/> returns, the compiler would write it over <paramref name="left"/> and
    /// then copy it: a copy for every second product.</remarks>
    static abstract void Accumulate(ref TSelf sum, in TSelf left, in TSelf right);

    /// <summary>Reads <see cref="Count"/> floats; no alignment is required.</summary>
    static abstract unsafe TSelf Load(float* source);

    /// <summary>Writes <see cref="Count"/> floats; no alignment is required.</summary>
    static abstract unsafe void Store(TSelf value, float* destination);

    /// <summary>The sum of the lanes of each of four vectors, with the bits of <see cref="Sum"/>.</summary>
    static abstract Vector128<float> Sums(TSelf first, TSelf second, TSelf third, TSelf fourth);

    /// <summary>The smaller of the two, at the processor's full speed; if one of them is NaN, either.</summary>
    static abstract TSelf MinNative(TSelf left, TSelf right);

    /// <summary>The larger of the two, at the processor's full speed; if one of them is NaN, either.</summary>
    static abstract TSelf MaxNative(TSelf left, TSelf right);

    /// <summary>The largest whole number that is not above the value.</summary>
    static abstract TSelf Floor(TSelf value);

    /// <summary>Writes <see cref="Count"/> whole numbers below 2^31 as integers; NaN gives 0 or less.</summary>
    static abstract unsafe void StoreIntegers(TSelf value, int* destination);

    /// <summary>Bit k is set where lane k of the one is at most lane k of the other; not where either is NaN.</summary>
    static abstract uint AtMostBits(TSelf left, TSelf right);

    /// <summary>Sum of all lanes by halves: lane k with lane k + Count/2, and so on down to one. The order is part of the contract.</summary>
    static abstract float Sum(TSelf value);
}
