using System.Runtime.InteropServices;
using Sonde.Engines;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Tests.Engines;

/// <summary>A checkpoint names the kernels that trained. So kernels of one name give the same bits in every version and on every processor.</summary>
public sealed class KernelBitsTests
{
    // Only additions, multiplications, divisions and roots, which all processors round alike: the library's exp and log are not in it.
    [Theory]
    [InlineData("vector128", 10, "de75319d1e1e44a5")]
    [InlineData("vector128", 70, "34126eb85d8658a6")]
    [InlineData("vector256", 10, "b20f8ff2c90d912d")]
    [InlineData("vector256", 70, "a1ee539737d073dd")]
    [InlineData("vector512", 10, "c6ccb620baab5521")]
    [InlineData("vector512", 70, "ba05bbee3d4ab5cf")]
    public void AFewUpdates_GiveTheSameBitsEverywhere(string kernels, int batch, string expected) =>
        Assert.Equal(expected, DigestOfAFewUpdates(kernels, batch, new Momentum(0.002f, 0.9f)));

    // Plain descent of many examples has a kernel of its own, which copies them into panels.
    [Theory]
    [InlineData("vector128", 300, "d5e2c458bde34888")]
    [InlineData("vector256", 300, "f5af5476bec0f7ce")]
    [InlineData("vector512", 300, "82d22581d6d0e336")]
    public void AFewUpdatesOfManyExamples_GiveTheSameBitsEverywhere(string kernels, int batch, string expected) =>
        Assert.Equal(expected, DigestOfAFewUpdates(kernels, batch, new Sgd(0.02f)));

    private static string DigestOfAFewUpdates<TOptimizer>(string kernels, int batch, TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        Assert.SkipUnless(KernelChoice.Names.Contains(kernels), $"This machine has no {kernels}.");
        var network = new Network(141, [137, 530, 21], 5, ActivationList.Get("tanh"), InitializerList.Find("normalized")!, CostList.Get("mse"))
        {
            Output = OutputList.Find("linear")!,
        };
        var random = new RandomKey(7, "bits").Stream(0);
        var inputs = new float[batch * network.Inputs];
        var labels = new int[batch];
        using var engine = Engine.Create(network, batch, optimizer, 2, kernels);
        engine.Load(Parameters.Initialize(network, 1));
        for (var update = 0; update < 4; update++)
        {
            foreach (ref var value in inputs.AsSpan())
                value = (float)(2 * random.NextUnit() - 1);
            foreach (ref var label in labels.AsSpan())
                label = random.NextInt32(network.Classes);
            engine.Update(inputs, labels);
        }
        var parameters = Parameters.Initialize(network, 2);
        engine.Save(parameters);
        return $"{Digest(parameters):x16}";
    }

    // FNV-1a of the bytes: a machine that only runs these tests need not have the library of SHA-256.
    private static ulong Digest(Parameters parameters)
    {
        var digest = 14695981039346656037;
        foreach (var values in parameters.Layers.SelectMany(layer => (float[][])[layer.Weights, layer.Biases]))
            foreach (var part in MemoryMarshal.AsBytes<float>(values))
                digest = (digest ^ part) * 1099511628211;
        return digest;
    }
}
