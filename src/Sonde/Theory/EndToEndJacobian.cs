using Sonde.Networks;

namespace Sonde.Theory;

/// <summary>The singular values to expect of the Jacobian from layer 1 to the top hidden layer, <c>ds^d/ds^1</c>: by them a gradient is multiplied on its
/// way down, more or less depending on its direction.</summary>
/// <remarks>
/// It is a product of matrices <c>diag(f'(s)) W</c>. Wide ones are free of each other, so their S-transforms multiply, and the largest eigenvalue of
/// <c>J J^T</c> is the least value of <c>(1 + x) / (x S(x))</c> over positive x. Source: [Pennington2017]. All hidden layers must have one width, and
/// weights that are independent or orthogonal.
/// </remarks>
/// <param name="RootMeanSquare">The root of the mean of their squares.</param>
/// <param name="Largest">Where the spectrum ends.</param>
/// <param name="Share">The share of directions that carry a gradient: 1 if all singular values are equal, 1/n if one of n is alone.</param>
internal sealed record EndToEndJacobian(double RootMeanSquare, double Largest, double Share)
{
    private const int Halvings = 60;
    private const double Near = 1e-14;
    private const double Least = 1e-6, Most = 1e6;

    /// <summary>Forecasts the spectrum; null with fewer than two hidden layers, without a forecast, or if widths differ.</summary>
    public static EndToEndJacobian? Of(Forecast forecast)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        var (network, layers) = (forecast.Network, forecast.MeanField);
        if (network.Depth < 2 || layers.Count == 0 || Enumerable.Range(1, network.Depth).Any(i => network.FanOut(i) != network.FanOut(1)))
            return null;
        Factor[] factors = [.. Enumerable.Range(1, network.Depth - 1).Select(i => Factor.Of(network, i, layers[i - 1].PreactivationSd))];
        // The mean square of a product of free factors is the product of theirs.
        var mean = factors.Aggregate(1.0, (product, factor) => product * factor.Mean);
        if (mean == 0)
            return new(0, 0, 0);
        var (low, high) = (Math.Log(Least), Math.Log(Most));
        for (var step = 0; step < Halvings; step++)
        {
            var (one, two) = (low + (high - low) / 3, high - (high - low) / 3);
            (low, high) = LogEigenvalue(factors, one) < LogEigenvalue(factors, two) ? (low, two) : (one, high);
        }
        return new(Math.Sqrt(mean), Math.Exp(LogEigenvalue(factors, low) / 2), 1 / (1 + factors.Sum(factor => factor.RelativeVariance)));
    }

    private static double LogEigenvalue(Factor[] factors, double logX)
    {
        var x = Math.Exp(logX);
        return Math.Log((1 + x) / x) - factors.Sum(factor => factor.LogTransform(x));
    }

    /// <summary>One factor: the squared slopes of a layer, and n Var[W] of the layer above.</summary>
    private sealed record Factor(double WeightSquare, bool IsOrthogonal, double[] Squares, double[] Shares)
    {
        // Nodes over the normal distribution of s, to six standard deviations.
        private const int Nodes = 401;
        private const double Reach = 6;

        public double Mean => WeightSquare * Moment(1);

        /// <summary>What the factor adds to the relative variance of the squared singular values.</summary>
        public double RelativeVariance => Moment(2) / (Moment(1) * Moment(1)) - (IsOrthogonal ? 1 : 0);

        public static Factor Of(Network network, int layer, double sd)
        {
            var (squares, shares, mean) = (new double[Nodes], new double[Nodes], network.BiasInitializerOf(layer)?.Mean ?? 0);
            for (var k = 0; k < Nodes; k++)
            {
                var at = Reach * (2.0 * k / (Nodes - 1) - 1);
                (squares[k], shares[k]) = (Math.Pow(network.ActivationOf(layer).Derivative(mean + sd * at), 2), Math.Exp(-at * at / 2));
            }
            var all = shares.Sum();
            return new(network.FanOut(layer) * network.WeightVariance(layer + 1), !network.InitializerOf(layer + 1).DrawsIndependently, squares,
                Array.ConvertAll(shares, share => share / all));
        }

        /// <summary>The logarithm of the S-transform at a positive x.</summary>
        public double LogTransform(double x)
        {
            // psi(y) = E[y d / (1 - y d)] grows from 0 to infinity; S(x) = (1 + x) / x times the y where it is x. Newton's steps find it, and halvings if a
            // step leaves the range that is left.
            var (low, high, y) = (0.0, 1 / Squares.Max(), 0.0);
            for (var (step, next) = (0, high / 2); step < Halvings && Math.Abs(next - y) > Near * next; step++)
            {
                y = next;
                var (sum, slope) = (0.0, 0.0);
                for (var k = 0; k < Squares.Length; k++)
                {
                    var rest = 1 - y * Squares[k];
                    var part = Shares[k] * Squares[k] / rest;
                    (sum, slope) = (sum + part, slope + part / rest);
                }
                (low, high) = y * sum < x ? (y, high) : (low, y);
                next = y + (x - y * sum) / slope;
                if (!(next > low && next < high))
                    next = (low + high) / 2;
            }
            return Math.Log(y * (1 + x) / x) - Math.Log(WeightSquare) - (IsOrthogonal ? 0 : Math.Log(1 + x));
        }

        private double Moment(int power) => Shares.Zip(Squares, (share, square) => share * Math.Pow(square, power)).Sum();
    }
}
