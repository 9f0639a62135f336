using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>A non-linearity <c>z = f(s)</c> and its derivative, as static functions that the kernels inline.</summary>
/// <remarks>Implement it on an empty struct, with the arithmetic of <see cref="ILanes{TSelf}"/>: the one formula then serves the plain
/// reference in double precision and every vector width.</remarks>
public interface IActivation
{
    /// <summary><c>z = f(s)</c>, finite for every finite <c>s</c>.</summary>
    static abstract TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>;

    /// <summary><c>f'(s)</c>, from <c>s</c> and <c>z = f(s)</c>; use the one that is cheaper or more exact.</summary>
    static abstract TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes>;
}
