using Sonde.Networks;
using Sonde.Numerics.Random;

namespace Sonde.Theory;

/// <summary>The training cost as a function of two weights, one of each layer, of a network with one hidden layer of tanh units, for random inputs and random
/// targets [Glorot2010, section 4.1 and fig. 5].</summary>
/// <remarks>The paper says no more of the network. Here inputs are standard normal, targets uniform over the classes, biases 0, and all other weights those of
/// the normalized initialization (eq. 16), held still. The first weight leads from input 1 to hidden unit 1, the second from there to class 1.</remarks>
public sealed class TwoWeightCost
{
    private readonly int inputs, hidden, classes;
    private readonly double[] examples, firstWeights, secondWeights;
    private readonly int[] targets;

    /// <summary>Draws the network, its inputs and its targets.</summary>
    /// <param name="inputs">Values of an input, 1 or more.</param>
    /// <param name="hidden">Hidden units, 1 or more.</param>
    /// <param name="classes">Classes, 2 or more.</param>
    /// <param name="examples">Pairs of an input and a target, 1 or more.</param>
    /// <param name="seed">Of all that is random.</param>
    public TwoWeightCost(int inputs, int hidden, int classes, int examples, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(hidden, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        (this.inputs, this.hidden, this.classes, Examples) = (inputs, hidden, classes, examples);
        var random = new RandomKey(seed, "cost surface/examples").Stream();
        this.examples = new double[examples * inputs];
        targets = new int[examples];
        for (var example = 0; example < examples; example++)
        {
            for (var input = 0; input < inputs; input++)
                this.examples[example * inputs + input] = random.NextGaussian();
            targets[example] = random.NextInt32(classes);
        }
        (firstWeights, secondWeights) = (Weights(inputs, hidden, seed, 1), Weights(hidden, classes, seed, 2));
    }

    /// <summary>Pairs of an input and a target.</summary>
    public int Examples { get; }

    /// <summary>The network in words, for captions.</summary>
    public string Words => $"{inputs} inputs, {hidden} tanh units, {classes} classes, {Examples} random examples";

    /// <summary>The mean cost of an example and its derivatives by the two weights.</summary>
    /// <param name="cost">Which cost.</param>
    /// <param name="first">The weight from input 1 to hidden unit 1.</param>
    /// <param name="second">The weight from hidden unit 1 to class 1.</param>
    public CostAtTwoWeights At(Cost cost, double first, double second)
    {
        ArgumentNullException.ThrowIfNull(cost);
        firstWeights[0] = first;
        secondWeights[0] = second;
        var (z, s, probabilities, gradient) = (new double[hidden], new double[classes], new double[classes], new double[classes]);
        double sum = 0, byFirst = 0, bySecond = 0;
        for (var example = 0; example < Examples; example++)
        {
            var x = examples.AsSpan(example * inputs, inputs);
            Layer(x, firstWeights, z);
            for (var unit = 0; unit < hidden; unit++)
                z[unit] = Math.Tanh(z[unit]);
            Layer(z, secondWeights, s);
            sum += cost.Evaluate<double>(s, targets[example], probabilities, gradient);
            // eqs. 2 and 3, for hidden unit 1 alone
            var back = 0.0;
            for (var k = 0; k < classes; k++)
                back += secondWeights[k] * gradient[k];
            byFirst += x[0] * (1 - z[0] * z[0]) * back;
            bySecond += z[0] * gradient[0];
        }
        return new(sum / Examples, byFirst / Examples, bySecond / Examples);
    }

    /// <summary>The cost on a square grid around 0.</summary>
    /// <param name="cost">Which cost.</param>
    /// <param name="reach">Both weights go from -reach to reach.</param>
    /// <param name="points">Grid points a side, 2 or more.</param>
    public CostSurface Surface(Cost cost, double reach, int points)
    {
        ArgumentNullException.ThrowIfNull(cost);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(reach);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        double[] weights = [.. Enumerable.Range(0, points).Select(i => reach * (2.0 * i / (points - 1) - 1))];
        return new(cost.Name, weights, [.. weights.SelectMany(first => weights.Select(second => At(cost, first, second)))]);
    }

    // s = z W, of one example.
    private static void Layer(ReadOnlySpan<double> z, double[] weights, Span<double> s)
    {
        s.Clear();
        for (var input = 0; input < z.Length; input++)
            for (var unit = 0; unit < s.Length; unit++)
                s[unit] += z[input] * weights[input * s.Length + unit];
    }

    private static double[] Weights(int fanIn, int fanOut, ulong seed, int layer)
    {
        var random = new RandomKey(seed, "cost surface/weights").Stream((ulong)layer);
        var bound = Math.Sqrt(6.0 / (fanIn + fanOut));
        return [.. Enumerable.Range(0, fanIn * fanOut).Select(_ => bound * (2 * random.NextDouble() - 1))];
    }
}

/// <summary>A cost and its slope at one point of the plane of two weights.</summary>
/// <param name="Cost">Mean over examples.</param>
/// <param name="ByFirst">Its derivative by the first layer's weight.</param>
/// <param name="BySecond">Its derivative by the second layer's weight.</param>
public readonly record struct CostAtTwoWeights(double Cost, double ByFirst, double BySecond)
{
    /// <summary>Length of the gradient over the two weights.</summary>
    public double Slope => Math.Sqrt(ByFirst * ByFirst + BySecond * BySecond);
}
