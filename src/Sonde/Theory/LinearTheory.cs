using Sonde.Networks;

namespace Sonde.Theory;

/// <summary>The paper's forecast: every unit in its linear regime, the output layer at P = 1/classes, examples whose gradients are uncorrelated.</summary>
internal static class LinearTheory
{
    /// <summary>Computes the forecast of every layer, the output layer last.</summary>
    /// <param name="network">A network of mean weight 0 and an activation for which the equations hold (<see cref="PaperEquations.HoldFor"/>).</param>
    /// <param name="examples">Only E[x^2] is used.</param>
    /// <param name="batch">Examples of a mini-batch: averaging over them divides the variance of eq. 7.</param>
    public static IReadOnlyList<LayerForecast> Forecast(Network network, ExampleMoments examples, int batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        var output = OutputLayer.Simulate(network.Cost, network.Classes, 0, 0, examples.SameClass).GradientSquare;
        return [.. Enumerable.Range(1, network.Layers).Select(layer =>
        {
            var sd = Math.Sqrt(PaperEquations.ActivationVariance(network, layer, examples.Square));
            var gradient = PaperEquations.BackpropagatedGradientVariance(network, layer, output);
            var isOutput = layer == network.Layers;
            // P = 1/K (1 + s - mean s) to first order.
            var (mean, activationSd) = isOutput ? (1.0 / network.Classes, sd * Math.Sqrt(1 - 1.0 / network.Classes) / network.Classes) : (0, sd);
            return new LayerForecast(
                layer, sd, mean, activationSd, Math.Sqrt(gradient),
                Math.Sqrt(PaperEquations.WeightGradientVariance(network, layer, examples.Square, output) / batch),
                isOutput ? null : network.FanOut(layer + 1) * network.WeightVariance(layer + 1));
        })];
    }
}
