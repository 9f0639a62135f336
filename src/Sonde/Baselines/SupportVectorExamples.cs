using Sonde.Baselines.Kernels;
using Sonde.Numerics.Memory;

namespace Sonde.Baselines;

/// <summary>Examples to learn from, checked and ordered by class, with the mean of each input.</summary>
/// <remarks>Kernels get inputs minus their means: distances stay the same, and inner products of smaller numbers lose less to rounding.</remarks>
internal sealed class SupportVectorExamples
{
    /// <summary>Squares of more might add up to infinity.</summary>
    private const float LargestInput = 1e15f;

    private readonly float[] inputs;
    private readonly int width;

    /// <summary>Checks and orders the examples without copying them.</summary>
    /// <param name="inputs">[labels.Length, inputs], row major.</param>
    /// <param name="labels">A class index each.</param>
    /// <exception cref="ArgumentException">They do not fit together, a value is not finite, or there are fewer than two classes.</exception>
    public SupportVectorExamples(float[] inputs, int[] labels)
    {
        if (labels.Length == 0 || inputs.Length == 0 || inputs.Length % labels.Length != 0)
            throw new ArgumentException($"Expected as many values for each label, got {inputs.Length} values and {labels.Length} labels. Pass whole examples.");
        (this.inputs, width) = (inputs, inputs.Length / labels.Length);
        Means = new double[width];
        for (var at = 0; at < inputs.Length; at++)
        {
            if (!(Math.Abs(inputs[at]) <= LargestInput))
                throw new ArgumentException(
                    $"Expected inputs from -{LargestInput} to {LargestInput}, "
                    + $"got {inputs[at]} at input {at % width} of example {at / width}. Mend or leave out that example.");
            Means[at % width] += (double)inputs[at] / labels.Length;
        }
        if (labels.Min() < 0)
            throw new ArgumentException($"Expected labels of 0 or more, got {labels.Min()}. Number the classes from 0.");
        Classes = [.. labels.Distinct().Order()];
        if (Classes.Count < 2)
            throw new ArgumentException($"Expected examples of two classes or more, got class {Classes[0]} alone. Pass examples of another class too.");
        Members = [.. Classes.Select(label => Enumerable.Range(0, labels.Length).Where(n => labels[n] == label).ToArray())];
    }

    /// <summary>Values per example.</summary>
    public int Width => width;

    /// <summary>The mean of each input.</summary>
    public double[] Means { get; }

    /// <summary>The labels that occur, in order.</summary>
    public IReadOnlyList<int> Classes { get; }

    /// <summary>The examples of each of them.</summary>
    public IReadOnlyList<int[]> Members { get; }

    /// <summary>Some examples, less the means, for kernels.</summary>
    public PaddedMatrix Centred(IReadOnlyList<int> which)
    {
        var matrix = RadialRows.Examples(which.Count, width);
        for (var k = 0; k < which.Count; k++)
            Centre(inputs.AsSpan(which[k] * width, width), Means, matrix.Row(k));
        return matrix;
    }

    /// <summary>Inputs less their means.</summary>
    public static void Centre(ReadOnlySpan<float> inputs, double[] means, Span<float> centred)
    {
        for (var i = 0; i < centred.Length; i++)
            centred[i] = (float)(inputs[i] - means[i]);
    }
}
