using System.Numerics;

namespace Sonde.Numerics.Lanes;

/// <summary>A single number as <see cref="ILanes{TSelf}"/>, in the precision of <typeparamref name="T"/>.</summary>
/// <param name="Value">The number.</param>
/// <remarks>Functions are the runtime's for <typeparamref name="T"/>, so tests compare vector lanes with it.</remarks>
public readonly record struct Scalar<T>(T Value) : ILanes<Scalar<T>> where T : struct, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static Scalar<T> Of(double value) => new(T.CreateTruncating(value));

    /// <inheritdoc/>
    public static Scalar<T> operator +(Scalar<T> left, Scalar<T> right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator -(Scalar<T> left, Scalar<T> right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator *(Scalar<T> left, Scalar<T> right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator /(Scalar<T> left, Scalar<T> right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static Scalar<T> operator -(Scalar<T> value) => new(-value.Value);

    /// <inheritdoc/>
    public static Scalar<T> FusedMultiplyAdd(Scalar<T> left, Scalar<T> right, Scalar<T> addend) =>
        new(T.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    /// <inheritdoc/>
    public static Scalar<T> Sqrt(Scalar<T> value) => new(T.Sqrt(value.Value));

    /// <inheritdoc/>
    public static Scalar<T> Abs(Scalar<T> value) => new(T.Abs(value.Value));

    /// <inheritdoc/>
    public static Scalar<T> Min(Scalar<T> left, Scalar<T> right) => new(T.Min(left.Value, right.Value));

    /// <inheritdoc/>
    public static Scalar<T> Max(Scalar<T> left, Scalar<T> right) => new(T.Max(left.Value, right.Value));

    /// <inheritdoc/>
    public static Scalar<T> WherePositive(Scalar<T> value, Scalar<T> positive, Scalar<T> otherwise) =>
        value.Value > T.Zero ? positive : otherwise;

    /// <inheritdoc/>
    public static Scalar<T> Round(Scalar<T> value) => new(T.Round(value.Value));

    /// <inheritdoc/>
    public static Scalar<T> TimesPowerOfTwo(Scalar<T> value, Scalar<T> exponent) => new(T.ScaleB(value.Value, int.CreateChecked(exponent.Value)));

    /// <inheritdoc/>
    public static Scalar<T> Exp(Scalar<T> value) => new(T.Exp(value.Value));

    /// <inheritdoc/>
    public static Scalar<T> Log(Scalar<T> value) => new(T.Log(value.Value));

    /// <inheritdoc/>
    public static Scalar<T> Tanh(Scalar<T> value) => new(T.Tanh(value.Value));
}
