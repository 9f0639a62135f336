using Sonde.Baselines.Kernels;
using Sonde.Engines;
using Sonde.Numerics.Lanes;

namespace Sonde.Baselines;

/// <summary>Kernel rows and steps in the form that this machine has: chosen by the names that choose a network's engine.</summary>
internal sealed record RadialKernels(string Name, RadialRows Rows, SecondOfPair Second, StepOfPair Step)
{
    /// <summary>The kernels of a name.</summary>
    /// <param name="name">One of <see cref="Engine.Available"/>; null means what SONDE_KERNELS says, or else the fastest.</param>
    /// <exception cref="ArgumentException">There are no kernels of that name.</exception>
    public static RadialKernels Of(string? name = null)
    {
        name ??= Environment.GetEnvironmentVariable(Engine.Variable);
        if (string.IsNullOrEmpty(name))
            name = Engine.Available[0];
        return name switch
        {
            "vector512" when Lanes16.IsAccelerated => Vector<Lanes16>(name),
            "vector256" when Lanes8.IsAccelerated => Vector<Lanes8>(name),
            "vector128" when Lanes4.IsAccelerated => Vector<Lanes4>(name),
            "reference" => new(name, new PlainRadialRows(), WorkingPair.Second, WorkingPair.Step),
            _ => throw new ArgumentException(
                $"Expected kernels of this machine ({string.Join(", ", Engine.Available)}), got '{name}'. "
                + $"Correct {Engine.Variable}, or unset it to have the fastest."),
        };
    }

    private static RadialKernels Vector<TLanes>(string name) where TLanes : struct, IVectorLanes<TLanes> =>
        new(name, new RadialRowsSimd<TLanes>(), WorkingPairSimd.Second, WorkingPairSimd.Step);
}

/// <inheritdoc cref="WorkingPair.Second"/>
internal delegate int SecondOfPair(double highest, ReadOnlySpan<float> row, ReadOnlySpan<double> fall, ReadOnlySpan<double> residuals);

/// <inheritdoc cref="WorkingPair.Step"/>
internal delegate Extremes StepOfPair(
    ReadOnlySpan<float> first, ReadOnlySpan<float> second, double step, ReadOnlySpan<double> rise, ReadOnlySpan<double> fall, Span<double> residuals);
