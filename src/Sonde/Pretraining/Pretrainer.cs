using Sonde.Engines;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Lanes;

namespace Sonde.Pretraining;

/// <summary>Chooses which kernels pre-train a network.</summary>
public static class Pretrainer
{
    /// <summary>Creates a pretrainer.</summary>
    /// <param name="setting">What it computes.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="kernels">A name of <see cref="Engine.Available"/>.</param>
    /// <exception cref="ArgumentException">There are no kernels of that name, or the network cannot be pre-trained like this.</exception>
    public static IPretrainer Create(PretrainingSetting setting, int threads, string kernels)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(kernels);
        return setting.Obstacle() is { } obstacle
            ? throw new ArgumentException($"Expected {obstacle}", nameof(setting))
            : setting.Network.Activation.Accept(new CostChoice(setting, threads, kernels));
    }

    private sealed record CostChoice(PretrainingSetting Setting, int Threads, string Kernels) : IActivationVisitor<IPretrainer>
    {
        public IPretrainer Visit<TFunction>() where TFunction : struct, IActivation =>
            Setting.Plan.Cost.Accept(new Factory<TFunction>(Setting, Threads, Kernels));
    }

    private sealed record Factory<TActivation>(PretrainingSetting Setting, int Threads, string Kernels) : IReconstructionCostVisitor<IPretrainer>
        where TActivation : struct, IActivation
    {
        public IPretrainer Visit<TFormula>() where TFormula : struct, IReconstruction => Kernels switch
        {
            "vector512" when Lanes16.IsAccelerated => new VectorPretrainer<Lanes16, TActivation, TFormula>(Setting, Threads),
            "vector256" when Lanes8.IsAccelerated => new VectorPretrainer<Lanes8, TActivation, TFormula>(Setting, Threads),
            "vector128" when Lanes4.IsAccelerated => new VectorPretrainer<Lanes4, TActivation, TFormula>(Setting, Threads),
            "reference" => new ReferencePretrainer<TActivation, TFormula>(Setting),
            _ => throw Engine.Unknown(Kernels),
        };
    }
}
