namespace Sonde.Kernels.Dense;

/// <summary>Where some parameters are in memory, and what an optimizer remembers of them.</summary>
/// <param name="parameters">The first of them.</param>
/// <param name="first">What <see cref="IOptimizer{TSelf}.FirstMemory"/> names; null if there is none.</param>
/// <param name="second">What <see cref="IOptimizer{TSelf}.SecondMemory"/> names; null if there is none.</param>
/// <param name="ahead">Floats from here to those that are needed next, so that they are fetched in time; 0 to fetch nothing.</param>
internal readonly unsafe struct ParameterPlace(float* parameters, float* first, float* second, nint ahead = 0)
{
    /// <summary>The first parameter.</summary>
    public readonly float* Parameters = parameters;

    /// <summary>What <see cref="IOptimizer{TSelf}.FirstMemory"/> names.</summary>
    public readonly float* First = first;

    /// <summary>What <see cref="IOptimizer{TSelf}.SecondMemory"/> names.</summary>
    public readonly float* Second = second;

    /// <summary>Floats from here to those that are needed next.</summary>
    public readonly nint Ahead = ahead;
}
