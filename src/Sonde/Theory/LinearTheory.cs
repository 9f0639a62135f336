using Sonde.Networks;

namespace Sonde.Theory;

/// <summary>The paper's forecast: every unit in its linear regime, the output layer at s = 0, examples whose gradients are uncorrelated.</summary>
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
        var output = OutputLayer.Simulate(network, 0, 0, examples.SameClass);
        return [.. Enumerable.Range(1, network.Layers).Select(layer =>
        {
            var sd = Math.Sqrt(PaperEquations.ActivationVariance(network, layer, examples.Square));
            var gradient = PaperEquations.BackpropagatedGradientVariance(network, layer, output.GradientSquare);
            var isOutput = layer == network.Layers;
            var (mean, activationSd) = isOutput ? OutputsAt(network, sd) : (0, sd);
            return new LayerForecast(
                layer, sd, mean, activationSd, Math.Sqrt(gradient - (isOutput ? output.GradientMean * output.GradientMean : 0)),
                Math.Sqrt(PaperEquations.WeightGradientVariance(network, layer, examples.Square, output.GradientSquare) / batch),
                isOutput ? null : network.FanOut(layer + 1) * network.WeightVariance(layer + 1));
        })];
    }

    // To first order: P = 1/K (1 + s - mean s), and f(0) + f'(0) s unit by unit.
    private static (double Mean, double Sd) OutputsAt(Network network, double sd) => network.Output.Activation is { } activation
        ? (activation.Value(0), Math.Abs(activation.Derivative(0)) * sd)
        : (1.0 / network.Classes, sd * Math.Sqrt(1 - 1.0 / network.Classes) / network.Classes);
}
