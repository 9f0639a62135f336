using Sonde.Networks;

namespace Sonde.Theory;

/// <summary>The singular values to expect of <c>J = W diag(f'(s))</c> (paper, eq. 17) if the entries of W are independent of each other, as in a wide layer at
/// initialization.</summary>
/// <remarks>
/// For W [inputs, units] of variance v and slopes d, <c>m(t) = E[1 / (x + t^2)]</c> over the eigenvalues x of <c>J J^T</c> solves
/// <c>1/m = t^2 + v sum d^2 / (1 + inputs v d^2 m)</c> in the limit of wide layers. Source: [SilversteinBai1995]. The slopes depend on W through one sum
/// per unit, which changes one direction among all inputs. With f' = 1 and square W, singular values follow a quarter circle of radius
/// <c>2 sqrt(n v)</c> and have the mean <c>8/(3 pi) sqrt(n v)</c>: 0.849 normalized, 0.490 standard.
/// </remarks>
/// <param name="Mean">Their mean.</param>
/// <param name="RootMeanSquare">The root of the mean of their squares.</param>
/// <param name="Largest">Where the spectrum ends. A few values of a layer can exceed it: with the paper's tanh networks on Shapeset the largest of
/// 10,000 was up to 6 % above under the standard initialization and 2 to 11 % under the normalized one, most in the first layer.</param>
public sealed record JacobianSpectrum(double Mean, double RootMeanSquare, double Largest)
{
    private const int Angles = 400, MostSteps = 200, NormalNodes = 201;

    // A share of 2e-9 is beyond this many standard deviations.
    private const double NormalEnd = 6;

    /// <summary>Computes the spectrum for given slopes.</summary>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="units">Its units.</param>
    /// <param name="weightVariance">The variance of a weight.</param>
    /// <param name="slopes">Values of f'.</param>
    /// <param name="shares">[slopes], the share of units that has each, together 1; empty for equal ones.</param>
    public static JacobianSpectrum FromSlopes(int inputs, int units, double weightVariance, ReadOnlySpan<double> slopes, ReadOnlySpan<double> shares = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        if (slopes.Length == 0 || (shares.Length != 0 && shares.Length != slopes.Length))
            throw new ArgumentException($"Expected one slope or more and a share for each or none, got {slopes.Length} and {shares.Length}.", nameof(slopes));
        var (power, part) = (new double[slopes.Length], new double[slopes.Length]);
        for (var k = 0; k < power.Length; k++)
            (power[k], part[k]) = (weightVariance * slopes[k] * slopes[k], units * (shares.IsEmpty ? 1.0 / slopes.Length : shares[k]));
        // The mean square. Eigenvalues of J J^T beyond min(inputs, units) are 0.
        var (total, zeros) = (Sum(power, part, (p, _) => p), (double)inputs / Math.Min(inputs, units));
        return total == 0 ? new(0, 0, 0) : new(zeros * MeanRoot(inputs, power, part, Math.Sqrt(total)), Math.Sqrt(zeros * total),
            Math.Sqrt(UpperEnd(inputs, power, part)));
    }

    /// <summary>Computes the spectrum of a hidden layer whose pre-activations are normal.</summary>
    /// <param name="network">The network, as initialized.</param>
    /// <param name="layer">The layer, from 1.</param>
    /// <param name="mean">Mean of its pre-activations.</param>
    /// <param name="sd">Their standard deviation.</param>
    public static JacobianSpectrum AtInitialization(Network network, int layer, double mean, double sd)
    {
        ArgumentNullException.ThrowIfNull(network);
        var (slopes, shares, activation) = (new double[NormalNodes], new double[NormalNodes], network.ActivationOf(layer));
        for (var k = 0; k < NormalNodes; k++)
        {
            var normal = NormalEnd * (2.0 * k / (NormalNodes - 1) - 1);
            (slopes[k], shares[k]) = (activation.Derivative(mean + sd * normal), Math.Exp(-normal * normal / 2));
        }
        var all = shares.Sum();
        var (fanIn, fanOut) = (network.FanIn(layer), network.FanOut(layer));
        return FromSlopes(fanIn, fanOut, network.WeightVariance(layer), slopes, Array.ConvertAll(shares, share => share / all));
    }

    // E[sqrt x] = 2/pi integral over t of E[x / (x + t^2)], at t = unit tan(angle).
    private static double MeanRoot(int inputs, double[] power, double[] part, double unit)
    {
        var sum = 0.0;
        for (var k = 0; k < Angles; k++)
        {
            var tangent = Math.Tan((k + 0.5) * Math.PI / 2 / Angles);
            sum += (1 + tangent * tangent) * ShareAbove(inputs, power, part, unit * tangent);
        }
        return unit * sum / Angles;
    }

    // E[x / (x + t^2)] = 1 - t^2 m, which is m times the sum in the equation for m.
    private static double ShareAbove(int inputs, double[] power, double[] part, double t)
    {
        // m (t^2 + sum) - 1 grows with m, ever more slowly: Newton's steps from 0 come closer from below and never pass the root.
        var m = 0.0;
        for (var step = 0; step < MostSteps; step++)
        {
            var slope = t * t + Sum(power, part, (p, at) => p / ((1 + inputs * p * at) * (1 + inputs * p * at)), m);
            var missing = 1 - m * (t * t + Sum(power, part, (p, at) => p / (1 + inputs * p * at), m));
            m += missing / slope;
            if (missing < 1e-12)
                break;
        }
        return m * Sum(power, part, (p, at) => p / (1 + inputs * p * at), m);
    }

    // Outside of the spectrum x follows from m = -q: 1/q + sum p / (1 - inputs p q), convex, whose least value is the end of the spectrum.
    private static double UpperEnd(int inputs, double[] power, double[] part)
    {
        var (low, high) = (0.0, 1 / (inputs * power.Max()));
        for (var halving = 0; halving < 60; halving++)
        {
            var middle = (low + high) / 2;
            var rises = Sum(power, part, (p, q) => inputs * p * p / ((1 - inputs * p * q) * (1 - inputs * p * q)), middle) > 1 / (middle * middle);
            (low, high) = rises ? (low, middle) : (middle, high);
        }
        return 1 / low + Sum(power, part, (p, q) => p / (1 - inputs * p * q), low);
    }

    private static double Sum(double[] power, double[] part, Func<double, double, double> term, double at = 0)
    {
        var sum = 0.0;
        for (var k = 0; k < power.Length; k++)
            sum += part[k] * term(power[k], at);
        return sum;
    }
}
