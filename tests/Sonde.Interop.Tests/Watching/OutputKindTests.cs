using Sonde.Interop.Watching;

namespace Sonde.Interop.Tests.Watching;

public sealed class OutputKindTests
{
    private static readonly float[] S = [0.5f, -1, 2, 0.25f, -0.75f, 1.5f];

    [Fact]
    public void TheLikelihoodOfASoftmax_IsKnownByItsGradient()
    {
        var gradient = OutputKind.Softmax(S, 3);
        (gradient[1], gradient[5]) = (gradient[1] - 1, gradient[5] - 1);
        Assert.Equal([1, 2], OutputKind.FindLabels(S, gradient, 3)!);
        Assert.Equal(("nll", "softmax"), Found(gradient, null, 3));
        // A label that is smoothed, or a weight for a class, is another cost.
        gradient[5] += 0.1f;
        Assert.Null(OutputKind.FindCost(S, gradient, null, 3, false));
    }

    [Fact]
    public void BinaryCrossEntropy_IsKnownByItsGradient()
    {
        float[] y = [1, 0, 0, 1, 1, 0];
        float[] gradient = [.. S.Zip(y, (s, label) => (1 / (1 + MathF.Exp(-s)) - label) / 2)];
        Assert.Equal(("bce-logits", "linear"), Found(gradient, null, 2));
        Assert.Equal(("bce", "sigmoid"), Found(gradient, null, 2, isSigmoid: true));
    }

    [Fact]
    public void SquaredErrors_AreKnownIfTheTargetsAre()
    {
        float[] y = [1, 0.25f, -3, 0.5f, 2, 0];
        float[] gradient = [.. S.Zip(y, (s, target) => 2 * (s - target) / 2)];
        Assert.Equal(("mse", "linear"), Found(gradient, y, 2));
        Assert.Null(OutputKind.FindCost(S, gradient, null, 2, false));
    }

    [Fact]
    public void SoftmaxOfLargeNumbers_IsFinite() => Assert.Equal([0, 1], OutputKind.Softmax([-1000, 1000], 2));

    private static (string, string) Found(float[] gradient, float[]? targets, int units, bool isSigmoid = false)
    {
        var (cost, output) = OutputKind.FindCost(S, gradient, targets, units, isSigmoid)!.Value;
        return (cost.Name, output.Name);
    }
}
