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
        var (output, top) = (OutputLayer.Simulate(network, 0, 0, examples.SameClass), network.Layers);
        // The products of eqs 5 and 6 grow layer by layer: to begin each again would take the square of the depth.
        var (up, down) = (new double[top + 1], new double[top + 1]);
        (up[0], down[top]) = (examples.Square, output.GradientSquare);
        for (var i = 1; i <= top; i++)
            up[i] = up[i - 1] * network.FanIn(i) * network.WeightVariance(i);
        for (var i = top; i > 1; i--)
            down[i - 1] = down[i] * network.FanOut(i) * network.WeightVariance(i);
        return [.. Enumerable.Range(1, top).Select(layer =>
        {
            var (sd, gradient, isOutput) = (Math.Sqrt(up[layer]), down[layer], layer == top);
            var (mean, activationSd) = isOutput ? OutputsAt(network, sd) : (0, sd);
            return new LayerForecast(
                layer, sd, mean, activationSd, Math.Sqrt(gradient - (isOutput ? output.GradientMean * output.GradientMean : 0)),
                Math.Sqrt(up[layer - 1] * gradient / batch),
                isOutput ? null : network.FanOut(layer + 1) * network.WeightVariance(layer + 1));
        })];
    }

    // To first order: P = 1/K (1 + s - mean s), and f(0) + f'(0) s unit by unit.
    private static (double Mean, double Sd) OutputsAt(Network network, double sd) => network.Output.Activation is { } activation
        ? (activation.Value(0), Math.Abs(activation.Derivative(0)) * sd)
        : (1.0 / network.Classes, sd * Math.Sqrt(1 - 1.0 / network.Classes) / network.Classes);
}
