namespace Sonde.Data;

/// <summary>The share of each class among examples, and the error of a constant guess that follows from it.</summary>
public sealed class ClassShares
{
    private readonly double[] shares;

    private ClassShares(double[] shares) => this.shares = shares;

    /// <summary>One share for each class, in the order of the labels; they sum to 1.</summary>
    public IReadOnlyList<double> Shares => shares;

    /// <summary>The index of the commonest class; the first of several that are equally common.</summary>
    public int Commonest => Array.IndexOf(shares, shares.Max());

    /// <summary>The error of always guessing the commonest class, in per cent.</summary>
    public double ChanceError => 100 * (1 - shares.Max());

    /// <summary>Counts the labels of examples.</summary>
    /// <param name="classes">The number of classes, 1 or more.</param>
    /// <param name="labels">One class index, 0..classes - 1, for each example; at least one.</param>
    /// <exception cref="ArgumentException">There are no labels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no class, or a label is no class index.</exception>
    public static ClassShares FromLabels(int classes, IEnumerable<int> labels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        ArgumentNullException.ThrowIfNull(labels);
        var weights = new double[classes];
        foreach (var label in labels)
        {
            if (label < 0 || label >= classes)
                throw new ArgumentOutOfRangeException(nameof(labels), label, $"Expected labels 0..{classes - 1}, got {label}. Correct it, or raise classes.");
            weights[label]++;
        }
        return FromWeights(weights);
    }

    /// <summary>Divides weights by their sum.</summary>
    /// <param name="weights">One weight for each class, 0 or more and finite, such as its count; not all 0.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or all are 0, or there is none.</exception>
    public static ClassShares FromWeights(params IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var sum = weights.Sum();
        if (!(sum > 0 && double.IsFinite(sum)) || weights.Any(weight => !(weight >= 0)))
            throw new ArgumentException($"Expected weights of 0 or more with a positive sum, got {string.Join(", ", weights)}. Count the labels of at "
                + "least one example.", nameof(weights));
        return new([.. weights.Select(weight => weight / sum)]);
    }
}
