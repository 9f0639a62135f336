using Sonde.Networks;

namespace Sonde.Interop.Watching;

/// <summary>What the output layer of a network is, as its numbers show.</summary>
internal static class OutputKind
{
    // A label of 0.999 comes from 16-bit gradients, a smoothed one from another cost.
    private const double Tolerance = 0.01;

    /// <summary>Outputs that are their pre-activations.</summary>
    public static Output Linear { get; } = OutputList.Find("linear")!;

    /// <summary>Finds the cost whose gradients these are, and what it takes the outputs for; null if it is none of the usual ones.</summary>
    /// <param name="s">[rows, units].</param>
    /// <param name="gradient">dCost/ds of the cost of one example, [rows, units].</param>
    /// <param name="targets">[rows, units], the values to learn; null if they are not recorded.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="isSigmoid">True if a sigmoid is recorded behind the layer.</param>
    public static (Cost Cost, Output Output)? FindCost(float[] s, float[] gradient, float[]? targets, int units, bool isSigmoid)
    {
        if (FindLabels(s, gradient, units) is not null)
            return (CostList.Find("nll")!, OutputList.Softmax);
        if (s.Length == 0 || gradient.Length != s.Length)
            return null;
        // A mean over outputs, as PyTorch and Keras take it: times the outputs, the gradient is sigmoid(s) - y with y 0 or 1.
        var sigmoid = ActivationList.Find("sigmoid")!;
        bool IsLabel(int k) => sigmoid.Value(s[k]) - (double)gradient[k] * units is var label
            && (Math.Abs(label) <= Tolerance || Math.Abs(label - 1) <= Tolerance);
        if (Enumerable.Range(0, s.Length).All(IsLabel))
            return isSigmoid ? (CostList.Find("bce")!, OutputList.Find("sigmoid")!) : (CostList.Find("bce-logits")!, Linear);
        // 2 (s - y) of each output, over their number.
        bool IsDifference(int k) => Math.Abs(gradient[k] * units / 2 - (s[k] - targets![k])) <= Tolerance * (0.1 + Math.Abs(s[k] - targets[k]));
        return !isSigmoid && targets?.Length == s.Length && Enumerable.Range(0, s.Length).All(IsDifference) ? (CostList.Find("mse")!, Linear) : null;
    }

    /// <summary>Computes softmax(s) of each row.</summary>
    /// <param name="s">[rows, classes].</param>
    /// <param name="classes">Units of the layer.</param>
    public static float[] Softmax(ReadOnlySpan<float> s, int classes)
    {
        var probabilities = new float[s.Length];
        for (var row = 0; row < s.Length; row += classes)
        {
            var (largest, sum) = (float.NegativeInfinity, 0.0);
            foreach (var value in s.Slice(row, classes))
                largest = MathF.Max(largest, value);
            for (var k = row; k < row + classes; k++)
                sum += probabilities[k] = MathF.Exp(s[k] - largest);
            for (var k = row; k < row + classes; k++)
                probabilities[k] = (float)(probabilities[k] / sum);
        }
        return probabilities;
    }

    /// <summary>Finds the labels of a softmax layer under the negative log-likelihood, whose dCost/ds is <c>softmax(s) - label</c>; null if the gradients are
    /// not of that form, as those of another cost.</summary>
    /// <param name="s">[rows, classes].</param>
    /// <param name="gradient">dCost/ds of the cost of one example, [rows, classes].</param>
    /// <param name="classes">Units of the layer.</param>
    public static int[]? FindLabels(ReadOnlySpan<float> s, ReadOnlySpan<float> gradient, int classes)
    {
        if (classes < 2 || s.Length != gradient.Length || s.IsEmpty)
            return null;
        var (probabilities, labels) = (Softmax(s, classes), new int[s.Length / classes]);
        for (var row = 0; row < labels.Length; row++)
        {
            var (ones, first) = (0, row * classes);
            for (var k = 0; k < classes; k++)
            {
                var label = probabilities[first + k] - gradient[first + k];
                if (Math.Abs(label - 1) <= Tolerance)
                    (ones, labels[row]) = (ones + 1, k);
                else if (!(Math.Abs(label) <= Tolerance))
                    return null;
            }
            if (ones != 1)
                return null;
        }
        return labels;
    }
}
