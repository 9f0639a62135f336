using Sonde.Baselines.Kernels;
using Sonde.Engines;
using Sonde.Numerics.Lanes;

namespace Sonde.Baselines;

/// <summary>Kernel rows and steps in the plain form or on vectors, chosen by the names that choose a network's engine.</summary>
internal sealed record RadialKernels(string Name, RadialRows Rows, SecondOfPair Second, StepOfPair Step)
{
    /// <summary>Returns the kernels of a name.</summary>
    /// <param name="name">One of <see cref="KernelChoice.Names"/>; null or empty means what SONDE_KERNELS says, or else the fastest.</param>
    /// <exception cref="ArgumentException">This machine has no kernels of that name.</exception>
    public static RadialKernels FromName(string? name = null)
    {
        var chosen = string.IsNullOrEmpty(name) ? KernelChoice.Default : name;
        return KernelChoice.Accept(chosen, new Factory(chosen));
    }

    private sealed record Factory(string Name) : IKernelVisitor<RadialKernels>
    {
        public RadialKernels VisitReference() => new(Name, new PlainRadialRows(), WorkingPair.Second, WorkingPair.Step);

        public RadialKernels VisitVector<TLanes>() where TLanes : struct, IVectorLanes<TLanes> =>
            new(Name, new RadialRowsSimd<TLanes>(), WorkingPairSimd.Second, WorkingPairSimd.Step);
    }
}

/// <inheritdoc cref="WorkingPair.Second"/>
internal delegate int SecondOfPair(double highest, ReadOnlySpan<float> row, ReadOnlySpan<double> fall, ReadOnlySpan<double> residuals);

/// <inheritdoc cref="WorkingPair.Step"/>
internal delegate Extremes StepOfPair(
    ReadOnlySpan<float> first, ReadOnlySpan<float> second, double step, ReadOnlySpan<double> rise, ReadOnlySpan<double> fall, Span<double> residuals);
