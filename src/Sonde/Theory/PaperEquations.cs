using Sonde.Networks;
using Sonde.Numerics.Checks;

namespace Sonde.Theory;

/// <summary>The variances of a deep network in its linear regime, <c>f'(s) = 1</c> (eq. 4), with independent weights of mean 0
/// [Glorot2010, section 4.2.1].</summary>
/// <remarks>
/// The paper counts from 0: its <c>W^i</c> are the weights of layer i + 1 here, its <c>s^d</c> the s of the output layer, depth + 1.
/// Misprints are mended. The product of eq. 6 and the second one of eq. 7 must start at i + 1, as eq. 2 demands and the exponent d - i of eq. 13 confirms,
/// and end at d, whose <c>n</c> is the number of classes. Eq. 13 prints <c>Var[x]</c> for <c>Var[dCost/ds^d]</c>. And where inputs are not centred, eq. 5
/// needs <c>E[x^2]</c>.
/// </remarks>
public static class PaperEquations
{
    /// <summary>Eq. 5: <c>Var[z] = E[x^2] prod fanIn Var[W]</c> over the layers up to this one.</summary>
    /// <param name="network">Its widths and initializers count.</param>
    /// <param name="layer">0 for the input, 1 for the first hidden layer.</param>
    /// <param name="meanSquareInput">E[x^2].</param>
    public static double ActivationVariance(Network network, int layer, double meanSquareInput)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        return meanSquareInput * Product(1, layer, i => network.FanIn(i) * network.WeightVariance(i));
    }

    /// <summary>Eq. 6: <c>Var[dCost/ds] = Var[dCost/ds^d] prod fanOut Var[W]</c> over the layers above this one.</summary>
    /// <param name="network">Its widths and initializers count.</param>
    /// <param name="layer">1 for the first hidden layer; depth + 1 gives <paramref name="outputVariance"/>.</param>
    /// <param name="outputVariance">Var[dCost/ds] of the output layer.</param>
    public static double BackpropagatedGradientVariance(Network network, int layer, double outputVariance)
    {
        ArgumentNullException.ThrowIfNull(network);
        return outputVariance * Product(layer + 1, network.Layers, i => network.FanOut(i) * network.WeightVariance(i));
    }

    /// <summary>Eq. 7: <c>Var[dCost/dW]</c> of the cost of one example, the product of eq. 5 for the layer below and eq. 6.</summary>
    /// <param name="network">Its widths and initializers count.</param>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="meanSquareInput">E[x^2].</param>
    /// <param name="outputVariance">Var[dCost/ds] of the output layer.</param>
    public static double WeightGradientVariance(Network network, int layer, double meanSquareInput, double outputVariance) =>
        ActivationVariance(Given.NotNull(network, nameof(network)), layer - 1, meanSquareInput)
        * BackpropagatedGradientVariance(network, layer, outputVariance);

    /// <summary>Eq. 13: eq. 6 where all layers have n units, input and output included, and the same Var[W].</summary>
    /// <param name="factor"><c>n Var[W]</c>; 1/3 for the standard initialization (eq. 15), 1 for the normalized one.</param>
    /// <param name="depth">d, hidden layers.</param>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="outputVariance">Var[dCost/ds] of the output layer.</param>
    public static double EqualWidthBackpropagatedGradientVariance(double factor, int depth, int layer, double outputVariance) =>
        Math.Pow(factor, Given.AtLeast(0, depth, nameof(depth)) + 1 - Given.AtLeast(1, layer, nameof(layer))) * outputVariance;

    /// <summary>Eq. 14: eq. 7 where all layers have n units and the same Var[W]; it is the same in every layer.</summary>
    /// <param name="factor"><c>n Var[W]</c>.</param>
    /// <param name="depth">d, hidden layers.</param>
    /// <param name="meanSquareInput">E[x^2].</param>
    /// <param name="outputVariance">Var[dCost/ds] of the output layer.</param>
    public static double EqualWidthWeightGradientVariance(double factor, int depth, double meanSquareInput, double outputVariance) =>
        Math.Pow(factor, Given.AtLeast(0, depth, nameof(depth))) * meanSquareInput * outputVariance;

    /// <summary>Eq. 15 for any initializer: <c>n Var[W]</c> of a layer with n inputs and n units; 1/3 for the standard initialization.</summary>
    public static double EqualWidthFactor(Initializer initializer, int units)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        return Given.AtLeast(1, units, nameof(units)) * initializer.Variance(units, units);
    }

    /// <summary>True if eqs 4 to 7 can hold: <c>f(0) = 0</c>, and <c>f'(s) = 1</c> on both sides of 0.</summary>
    public static bool HoldFor(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        const double near = 1e-6, tolerance = 1e-4;
        return Math.Abs(activation.Value(0)) < tolerance
            && Math.Abs(activation.Derivative(near) - 1) < tolerance && Math.Abs(activation.Derivative(-near) - 1) < tolerance;
    }

    private static double Product(int first, int last, Func<int, double> factor)
    {
        var product = 1.0;
        for (var layer = first; layer <= last; layer++)
            product *= factor(layer);
        return product;
    }
}
