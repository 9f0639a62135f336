using Sonde.Networks;
using Sonde.Numerics.Integrals;

namespace Sonde.Theory;

/// <summary>The forecast for any activation, exact if layers are wide: s is normal around the mean bias; its variance q and the covariance of two examples
/// are passed up from layer to layer [Poole2016], those of dCost/ds down, as if the weights on the way down were independent of those on the way up
/// [Schoenholz2017].</summary>
/// <remarks>Each kind of example (<see cref="ExampleMoments.RelativeSquares"/>) has its own q; two examples are taken to be of the mean kind, and so is the
/// output layer. That costs little if the activation levels differences of scale, as tanh does, and some per cent of dCost/dW if it passes them on, as
/// relu does.</remarks>
internal static class MeanFieldTheory
{
    /// <summary>Computes the forecast of every layer, the output layer last.</summary>
    /// <param name="network">A network of mean weight 0.</param>
    /// <param name="examples">Moments of the examples.</param>
    /// <param name="batch">Examples of a mini-batch, drawn independently.</param>
    public static IReadOnlyList<LayerForecast> Forecast(Network network, ExampleMoments examples, int batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        var (top, mean) = (network.Layers, network.BiasInitializer?.Mean ?? 0);
        // z[0] is the input; s, z and g (for dCost/ds) of layer i are at index i.
        Moments[] s = new Moments[top + 1], z = new Moments[top + 1], g = new Moments[top + 1];
        z[0] = new([.. examples.RelativeSquares.Select(relative => relative * examples.Square)], examples.Pair);
        for (var i = 1; i <= top; i++)
        {
            // A bias is the same for every example, so it adds as much to the covariance of two examples as to the variance.
            s[i] = network.FanIn(i) * WeightVariance(i) * z[i - 1] + network.BiasVariance(i);
            if (i < top)
                z[i] = s[i].Through(Shifted(network.ActivationOf(i).Value));
        }
        var output = Output(s[top].Square, s[top].Pair);
        g[top] = new([.. z[0].Squares.Select(_ => output.GradientSquare)], output.GradientPair);
        for (var i = top - 1; i >= 1; i--)
            g[i] = network.FanOut(i + 1) * WeightVariance(i + 1) * g[i + 1] * s[i].Through(Shifted(network.ActivationOf(i).Derivative));
        var offset = output.GradientMean;
        var width = new Lazy<FiniteWidth>(() => new(network, s, WeightVariance, Output, examples, Shifted));
        return [.. Enumerable.Range(1, top).Select(i =>
        {
            var meanActivation = i == top ? output.OutputMean : MeanActivation(i);
            return new LayerForecast(
                i, Math.Sqrt(s[i].Square), meanActivation,
                i == top ? output.OutputSd : Math.Sqrt(Math.Max(0, z[i].Square - meanActivation * meanActivation)),
                Math.Sqrt(Math.Max(0, g[i].Square - (i == top ? offset * offset : 0))),
                Math.Sqrt(Math.Max(0, BatchMean(z[i - 1] * g[i], batch) - OffsetOfWeights(i))), i == top ? null : g[i].Square / g[i + 1].Square)
            {
                Correlation = s[i].Square > 0 ? s[i].Pair / s[i].Square : 1, Width = i == top ? null : width,
            };
        })];

        // Weights have mean 0, so dCost/ds has in hidden layers; in the output layer its mean is no part of its sd, nor of that of dCost/dW.
        double OffsetOfWeights(int i) => i < top || top == 1 ? 0 : Math.Pow(offset * MeanActivation(top - 1), 2);

        double MeanActivation(int i) => s[i].Squares.Average(q => GaussianMean.Of(q, Shifted(network.ActivationOf(i).Value)));

        OutputLayer Output(double variance, double covariance) =>
            OutputLayer.Simulate(network, variance, covariance, examples.SameClass, mean);

        // A rule that fits examples makes the variance of z W 1.
        double WeightVariance(int i) => network.InitializerOf(i).FitsExamples ? 1 / (network.FanIn(i) * z[i - 1].Square) : network.WeightVariance(i);

        // s is normal around the mean bias.
        Func<double, double> Shifted(Func<double, double> function) => s => function(mean + s);
    }

    // dCost/dW = 1/b sum z g over the b examples: its square has b terms of one example and b (b - 1) of two.
    private static double BatchMean(Moments products, int batch) => Math.Max(0, (products.Square + (batch - 1) * products.Pair) / batch);
}
