using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Tests.Engines;

/// <summary>A checkpoint names the kernels that trained. So kernels of one name give the same bits in every version and on every processor.</summary>
public sealed class KernelBitsTests
{
    // Only additions, multiplications, divisions and roots, which all processors round alike: the library's exp and log are not in it.
    [Theory]
    [InlineData("vector128", 10, "201dcc629adb6c4f")]
    [InlineData("vector128", 70, "94b3aa5b508c9c76")]
    [InlineData("vector256", 10, "629ffa25315c8272")]
    [InlineData("vector256", 70, "c72b96fbb1465c2e")]
    [InlineData("vector512", 10, "310d259d00167201")]
    [InlineData("vector512", 70, "881870fc92787395")]
    public void AFewUpdates_GiveTheSameBitsEverywhere(string kernels, int batch, string expected)
    {
        Assert.SkipUnless(KernelChoice.Names.Contains(kernels), $"This machine has no {kernels}.");
        var network = new Network(141, [137, 530, 21], 5, ActivationList.Get("tanh"), InitializerList.Find("normalized")!, CostList.Get("mse"))
        {
            Output = OutputList.Find("linear")!,
        };
        var random = new RandomKey(7, "bits").Stream(0);
        var inputs = new float[batch * network.Inputs];
        var labels = new int[batch];
        using var engine = Engine.Create(network, batch, new Momentum(0.002f, 0.9f), 2, kernels);
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
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var layer in parameters.Layers)
        {
            digest.AppendData(MemoryMarshal.AsBytes<float>(layer.Weights));
            digest.AppendData(MemoryMarshal.AsBytes<float>(layer.Biases));
        }
        Assert.Equal(expected, Convert.ToHexStringLower(digest.GetHashAndReset())[..16]);
    }
}
