using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Tests.Engines;

/// <summary>The contract of the engine that one gets without naming kernels: the one that SONDE_KERNELS says, or else the fastest. <see
/// cref="KernelChoiceTests"/> runs this class again in processes where the variable names each of the others.</summary>
public sealed class ChosenEngineTests : EngineContractTests
{
    private protected override string Kernels => Environment.GetEnvironmentVariable("SONDE_KERNELS") is { Length: > 0 } forced ? forced : KernelChoice.Names[0];

    private protected override IEngine Create(Network network, int batch, int threads) => Engine.Create(network, batch, new Sgd(0.1f), threads);
}
