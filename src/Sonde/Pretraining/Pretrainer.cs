using Sonde.Engines;
using Sonde.Kernels.Dense;
using Sonde.Kernels.Threads;
using Sonde.Networks;
using Sonde.Numerics.Lanes;

namespace Sonde.Pretraining;

/// <summary>Makes pretrainers: the plain one, or the one on vectors, compiled for one activation, one cost and one vector width.</summary>
public static class Pretrainer
{
    /// <summary>Makes a pretrainer with all parameters 0.</summary>
    /// <param name="setting">What it computes.</param>
    /// <param name="threads">Threads to use, 1 or more; the result does not depend on their number.</param>
    /// <param name="kernels">One of <see cref="KernelChoice.Names"/>; null or empty means what SONDE_KERNELS says, or else the fastest.</param>
    /// <exception cref="ArgumentException">This machine has no kernels of that name, or the network cannot be pre-trained like this.</exception>
    /// <exception cref="ArgumentOutOfRangeException">threads is below 1.</exception>
    public static IPretrainer Create(PretrainingSetting setting, int threads, string? kernels = null)
    {
        ArgumentNullException.ThrowIfNull(setting);
        WorkerTeam.CheckThreads(threads);
        return setting.Obstacle() is { } obstacle
            ? throw new ArgumentException($"Expected {obstacle}", nameof(setting))
            : new CheckedPretrainer(setting.Network.Activations[0].Accept(new ActivationChoice(setting, threads, kernels)), setting.Network);
    }

    private sealed record ActivationChoice(PretrainingSetting Setting, int Threads, string? Kernels) : IActivationVisitor<IPretrainer>
    {
        public IPretrainer Visit<TFunction>() where TFunction : struct, IActivation =>
            Setting.Plan.Cost.Accept(new CostChoice<TFunction>(Setting, Threads, Kernels));
    }

    private sealed record CostChoice<TActivation>(PretrainingSetting Setting, int Threads, string? Kernels) : IReconstructionCostVisitor<IPretrainer>
        where TActivation : struct, IActivation
    {
        public IPretrainer Visit<TFormula>() where TFormula : struct, IReconstructionCost =>
            KernelChoice.Accept(Kernels, new Factory<TActivation, TFormula>(Setting, Threads));
    }

    private sealed record Factory<TActivation, TReconstruction>(PretrainingSetting Setting, int Threads) : IKernelVisitor<IPretrainer>
        where TActivation : struct, IActivation where TReconstruction : struct, IReconstructionCost
    {
        public IPretrainer VisitReference() => new ReferencePretrainer<TActivation, TReconstruction>(Setting);

        public IPretrainer VisitVector<TLanes>() where TLanes : struct, IVectorLanes<TLanes> =>
            new VectorPretrainer<TLanes, TActivation, TReconstruction>(Setting, Threads);
    }
}
