using Sonde.Networks;
using Sonde.Networks.Initializers;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Networks;

public sealed class InitializerTests
{
    [Theory]
    [InlineData("standard", 300, 500, 1.0 / 900)]
    [InlineData("normalized", 300, 500, 2.0 / 800)]
    [InlineData("lecun", 300, 500, 1.0 / 300)]
    [InlineData("he", 300, 500, 2.0 / 300)]
    [InlineData("he-uniform", 300, 500, 2.0 / 300)]
    [InlineData("gaussian(0.02)", 300, 500, 0.0004)]
    [InlineData("uniform(0.03)", 300, 500, 0.0003)]
    [InlineData("orthogonal", 300, 500, 1.0 / 500)]
    [InlineData("orthogonal(1.5)", 300, 500, 2.25 / 500)]
    [InlineData("lsuv", 300, 500, 1.0 / 500)]
    [InlineData("critical", 300, 500, 1.0 / 300)]
    [InlineData("pytorch-linear", 300, 500, 1.0 / 900)]
    [InlineData("keras-dense", 300, 500, 2.0 / 800)]
    [InlineData("flax-dense", 300, 500, 1.0 / 300)]
    [InlineData("sklearn-mlp", 300, 500, 2.0 / 800)]
    public void Weights_HaveTheirStatedVarianceAndMeanZero(string name, int fanIn, int fanOut, double variance)
    {
        var weights = Fill(name, fanIn, fanOut);
        // The fourth moment is at most that of a Gaussian, 3 sd^4, so the variance's standard error is at most sqrt(2/n).
        Tolerances.AssertClose(variance, weights.Average(w => (double)w * w), Tolerances.StandardErrors * Math.Sqrt(2.0 / weights.Length), scale: 0);
        Tolerances.AssertClose(0, weights.Average(w => (double)w), Tolerances.StandardErrors * Math.Sqrt(variance / weights.Length));
        Tolerances.AssertClose(variance, InitializerList.Find(name)!.Variance(fanIn, fanOut), Tolerances.DoubleRounding, scale: 0);
    }

    [Theory]
    [InlineData("standard", 0.05773502691896258)]
    [InlineData("normalized", 0.08660254037844387)]
    [InlineData("he-uniform", 0.1414213562373095)]
    [InlineData("uniform(0.05)", 0.05)]
    [InlineData("pytorch-linear", 0.05773502691896258)]
    [InlineData("keras-dense", 0.08660254037844387)]
    [InlineData("sklearn-mlp", 0.08660254037844387)]
    public void UniformWeights_ReachTheirBoundAndStayInside(string name, double bound)
    {
        var weights = Fill(name, 300, 500);
        Assert.InRange(weights.Max(), 0.999 * bound, bound);
        Assert.InRange(weights.Min(), -bound, -0.999 * bound);
    }

    // What the frameworks' own layers of 300 inputs and 500 units have: weights and biases of torch.nn.Linear (PyTorch 1.13) end at 0.0577350, those of
    // MLPRegressor at sqrt(6 / 800), or sqrt(2 / 800) with activation='logistic'; biases of Keras and Flax are 0.
    [Theory]
    [InlineData("pytorch-linear", "relu", 0.0577350, 0.0577350)]
    [InlineData("keras-dense", "relu", 0.0866025, 0)]
    [InlineData("flax-dense", "relu", 2 / 0.8796257 / 17.320508, 0)]
    [InlineData("sklearn-mlp", "relu", 0.0866025, 0.0866025)]
    [InlineData("sklearn-mlp", "sigmoid", 0.05, 0.05)]
    public void TheDefaultOfAFramework_StartsWeightsAndBiases(string name, string activation, double weightBound, double biasBound)
    {
        var network = new Network(300, [500], 4, ActivationList.Find(activation)!, InitializerList.Find(name)!, CostList.Find("nll")!);
        var layer = Parameters.Initialize(network, 1).Layers[0];
        Assert.InRange(layer.Weights.Max(Math.Abs), 0.99 * weightBound, 1.000001 * weightBound);
        // The largest of 500 biases.
        Assert.InRange(layer.Biases.Max(Math.Abs), 0.98 * biasBound, 1.000001 * biasBound);
        Assert.Equal(biasBound * biasBound / 3, network.BiasVariance(1), 6);
        Assert.Equal(name, network.InitializerText);
    }

    [Theory]
    [InlineData(20, 30)]
    [InlineData(30, 20)]
    [InlineData(25, 25)]
    public void OrthogonalWeights_HaveOrthonormalRowsOrColumns(int fanIn, int fanOut)
    {
        var values = Fill("orthogonal", fanIn, fanOut);
        var weights = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix.Create(fanIn, fanOut, (i, j) => values[i * fanOut + j]);
        var gram = fanIn <= fanOut ? weights * weights.Transpose() : weights.Transpose() * weights;
        // Weights are floats: each entry of the product is off by a few roundings of 6e-8.
        Assert.True((gram - MathNet.Numerics.LinearAlgebra.Double.DenseMatrix.CreateIdentity(gram.RowCount)).L2Norm() < 1e-5);
    }

    [Theory]
    [InlineData("gaussian(-1)")]
    [InlineData("orthogonal(0)")]
    [InlineData("critical(-0.1)")]
    [InlineData("lsuv(1)")]
    [InlineData("uniform(-1)")]
    [InlineData("uniform")]
    [InlineData("gaussian")]
    [InlineData("constant(nan)")]
    [InlineData("glorot")]
    [InlineData("(1)")]
    public void AnUnknownInitializer_IsNotFound(string name) => Assert.Null(InitializerList.Find(name));

    [Fact]
    public void Parameters_DependOnTheSeedAloneAndDifferByLayer()
    {
        var network = new Network(5, [5, 5], 5, ActivationList.Find("tanh")!, InitializerList.Find("standard")!, CostList.Find("nll")!);
        var first = Parameters.Initialize(network, 1);
        Assert.Equal(first.Layers[1].Weights, Parameters.Initialize(network, 1).Layers[1].Weights);
        Assert.NotEqual(first.Layers[1].Weights, Parameters.Initialize(network, 2).Layers[1].Weights);
        Assert.NotEqual(first.Layers[1].Weights, first.Layers[2].Weights);
        Assert.All(first.Layers, layer => Assert.All(layer.Biases, b => Assert.Equal(0f, b)));
    }

    private static float[] Fill(string name, int fanIn, int fanOut)
    {
        var weights = new float[fanIn * fanOut];
        var random = new RandomKey(11, "weights").Stream();
        InitializerList.Find(name)!.Fill(ref random, fanIn, fanOut, weights);
        return weights;
    }

    [Fact]
    public void SizesThatDoNotFit_AreRefusedWithBothSides()
    {
        foreach (var initializer in (Initializer[])[.. InitializerList.WithoutSetting, new Gaussian(1), new Uniform(1), new Constant(1)])
        {
            AssertRefused("Expected weights of 2 x 3 = 6 values, got 5.", 2, 3, 5);
            AssertRefused("Expected weights of 100000 x 100000 = 10000000000 values, got 5.", 100_000, 100_000, 5);
            AssertRefused("fanIn ('0')", 0, 3, 0);
            AssertRefused("fanOut ('-1')", 2, -1, 0);

            void AssertRefused(string message, int fanIn, int fanOut, int weights) =>
                Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => Fill(fanIn, fanOut, weights)).Message, StringComparison.Ordinal);

            void Fill(int fanIn, int fanOut, int weights)
            {
                var random = new RandomKey(1, "refused").Stream();
                initializer.Fill(ref random, fanIn, fanOut, new float[weights]);
            }
        }
        foreach (var sd in (double[])[-0.1, double.NaN, double.PositiveInfinity])
            Assert.StartsWith($"Expected a finite sd of 0 or more, got {sd}.",
                Assert.Throws<ArgumentOutOfRangeException>(() => new Gaussian(sd)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Constant(double.NaN));
        Assert.StartsWith("Expected a finite bound of 0 or more, got -1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Uniform(-1)).Message, StringComparison.Ordinal);
    }
}
