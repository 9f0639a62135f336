/// <summary>A network as programs have them: sigmoid layers, a softmax, plain gradient descent, and no word about Sonde.</summary>
internal sealed class OwnNetwork
{
    private readonly int[] sizes;

    public OwnNetwork(int seed, params int[] sizes)
    {
        this.sizes = sizes;
        var random = new Random(seed);
        Layers = [.. Enumerable.Range(1, sizes.Length - 1).Select(i => new OwnLayer(sizes[i - 1], sizes[i],
            [.. Enumerable.Range(0, sizes[i - 1] * sizes[i]).Select(_ => (float)((2 * random.NextDouble() - 1) / Math.Sqrt(sizes[i - 1])))]))];
    }

    public OwnLayer[] Layers { get; }

    /// <summary>Computes P(y|x) of some examples.</summary>
    public float[] Answer(float[] x)
    {
        foreach (var layer in Layers)
            x = layer.Forward(x, isOutput: layer == Layers[^1]);
        return x;
    }

    /// <summary>Moves the weights by one step on a mini-batch.</summary>
    public void Train(float[] x, int[] labels, float rate)
    {
        var gradient = Answer(x).ToArray();
        for (var n = 0; n < labels.Length; n++)
            gradient[n * sizes[^1] + labels[n]] -= 1;
        for (var i = Layers.Length - 1; i >= 0; i--)
            gradient = Layers[i].Backward(i == 0 ? x : Layers[i - 1].Z, gradient, rate, labels.Length);
    }
}

/// <summary>One of its layers, with the arrays of the last mini-batch.</summary>
internal sealed class OwnLayer(int inputs, int units, float[] weights)
{
    public float[] S { get; private set; } = [];

    public float[] Z { get; private set; } = [];

    /// <summary>dCost/ds of the cost of one example.</summary>
    public float[] Gradient { get; private set; } = [];

    public float[] WeightGradient { get; } = new float[weights.Length];

    public float[] Weights { get; } = weights;

    /// <summary>The weights before the last step.</summary>
    public float[] Before { get; private set; } = [];

    public float[] Forward(float[] z, bool isOutput)
    {
        var rows = z.Length / inputs;
        S = new float[rows * units];
        for (var n = 0; n < rows; n++)
            for (var k = 0; k < units; k++)
                for (var i = 0; i < inputs; i++)
                    S[n * units + k] += z[n * inputs + i] * Weights[i * units + k];
        Z = isOutput ? [.. S.Chunk(units).SelectMany(Softmax)] : Array.ConvertAll(S, s => 1 / (1 + MathF.Exp(-s)));
        return Z;
    }

    /// <summary>Takes dCost/ds for the output layer, dCost/dz for the others, and returns dCost/dz of the layer below.</summary>
    public float[] Backward(float[] below, float[] gradient, float rate, int rows)
    {
        (Gradient, Before) = (gradient, [.. Weights]);
        var passed = new float[below.Length];
        Array.Clear(WeightGradient);
        for (var n = 0; n < rows; n++)
            for (var k = 0; k < units; k++)
                for (var i = 0; i < inputs; i++)
                {
                    passed[n * inputs + i] += gradient[n * units + k] * Weights[i * units + k];
                    WeightGradient[i * units + k] += below[n * inputs + i] * gradient[n * units + k] / rows;
                }
        for (var k = 0; k < Weights.Length; k++)
            Weights[k] -= rate * WeightGradient[k];
        // The slope of the sigmoid below, so that what is passed on is dCost/ds there.
        for (var k = 0; k < passed.Length; k++)
            passed[k] *= below[k] * (1 - below[k]);
        return passed;
    }

    private static IEnumerable<float> Softmax(float[] s)
    {
        var powers = Array.ConvertAll(s, value => MathF.Exp(value - s.Max()));
        return powers.Select(power => power / powers.Sum());
    }
}
