using Sonde.Networks;

namespace Sonde.Interop.Watching;

/// <summary>The cost that a training minimizes, as its name or its gradients show.</summary>
internal static class CostSearch
{
    // Gradients of 16 bits agree as exactly as Near, those of 32 bits far better. A cost whose scale differs by Scaled is another, or the same one multiplied.
    private const double Near = 5e-3, Scaled = 0.01;

    // A few gradients have the right direction by chance, and of two costs of different scale one must fit clearly better.
    private const int Fewest = 8;
    private const double Clearly = 5;

    private static readonly Dictionary<string, string> Meanings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MSELoss"] = "mse", ["MseLossBackward0"] = "mse", ["mean_squared_error"] = "mse", ["MeanSquaredError"] = "mse",
        ["L1Loss"] = "mae", ["L1LossBackward0"] = "mae", ["mean_absolute_error"] = "mae", ["MeanAbsoluteError"] = "mae",
        ["BCELoss"] = "bce", ["BinaryCrossEntropyBackward0"] = "bce", ["binary_crossentropy"] = "bce", ["BinaryCrossentropy"] = "bce",
        ["BCEWithLogitsLoss"] = "bce-logits", ["BinaryCrossEntropyWithLogitsBackward0"] = "bce-logits",
        ["NLLLoss"] = "nll", ["NllLossBackward0"] = "nll", ["CrossEntropyLoss"] = "cross-entropy-logits",
        ["categorical_crossentropy"] = "cross-entropy", ["CategoricalCrossentropy"] = "cross-entropy",
        ["sparse_categorical_crossentropy"] = "cross-entropy", ["SparseCategoricalCrossentropy"] = "cross-entropy",
    };

    /// <summary>Finds the cost that Sonde or another framework calls by a name; null if Sonde lists none.</summary>
    /// <param name="name">The name; one that ends in Backward0 is PyTorch's of the last operation of the loss.</param>
    /// <param name="output">What the outputs are.</param>
    public static Cost? Named(string? name, Output? output)
    {
        var known = name is null ? null : Meanings.GetValueOrDefault(name) ?? name.ToLowerInvariant();
        // The operation before the last one, such as a logarithm of a softmax, is not seen.
        if (IsOperation(name) && output?.Name is null or "linear")
            known = known switch { "nll" => "cross-entropy-logits", "bce" => "bce-logits", _ => known };
        return known is null ? null : CostList.Find(known);
    }

    /// <summary>True for the name of an operation, which is no cost that anyone stated.</summary>
    public static bool IsOperation(string? name) => name is "NoneType" || name?.EndsWith("Backward0", StringComparison.Ordinal) == true;

    /// <summary>Finds the cost whose gradients these are.</summary>
    /// <param name="output">What the outputs are.</param>
    /// <param name="s">[rows, units], pre-activations of the output layer.</param>
    /// <param name="gradient">dCost/ds of the cost of one example, [rows, units].</param>
    /// <param name="targets">[rows, units].</param>
    /// <param name="units">Units of the output layer.</param>
    /// <returns>The cost, and how many times its gradients the given ones are; null if it is no listed cost, or if several fit.</returns>
    public static (Cost Cost, double Times)? Find(Output output, float[] s, float[] gradient, float[] targets, int units)
    {
        if (s.Length < Fewest || gradient.Length != s.Length || targets.Length != s.Length || gradient.Any(value => !float.IsFinite(value)))
            return null;
        var near = new List<(Cost Cost, double Times, double Distance)>();
        // On its softmax, the likelihood is the cross-entropy.
        foreach (var cost in CostList.All.Where(cost => cost.Name != "nll"))
            if (Compare(cost, output, s, gradient, targets, units) is var (times, distance) && distance < Near)
                near.Add((cost, times, distance));
        // The nearest of costs in the scale of the gradients, else one that is alone.
        var exact = near.Where(one => Math.Abs(one.Times - 1) < Scaled).ToList();
        if (exact.Count > 0)
            near = exact;
        // The squared error has two factors, of which this is the usual one.
        else if (near.Exists(one => one.Cost.Name == "mse"))
            near.RemoveAll(one => one.Cost.Name == "quadratic");
        near.Sort((one, other) => one.Distance.CompareTo(other.Distance));
        return near.Count == 0 || exact.Count == 0 && near.Count > 1 && near[1].Distance < Clearly * near[0].Distance ? null : (near[0].Cost, near[0].Times);
    }

    /// <summary>Returns the factor that brings a cost's gradients nearest to the given ones, and how far they still are, relative to these.</summary>
    private static (double Times, double Distance)? Compare(Cost cost, Output output, float[] s, float[] gradient, float[] targets, int units)
    {
        var (outputs, own) = (new float[units], new float[s.Length]);
        for (var first = 0; first < s.Length; first += units)
            cost.Evaluate<float>(output, s.AsSpan(first, units), targets.AsSpan(first, units), outputs, own.AsSpan(first, units));
        double both = 0, ofOwn = 0, ofGiven = 0;
        for (var k = 0; k < s.Length; k++)
            (both, ofOwn, ofGiven) = (both + (double)own[k] * gradient[k], ofOwn + (double)own[k] * own[k], ofGiven + (double)gradient[k] * gradient[k]);
        if (!(both > 0 && ofOwn > 0 && ofGiven > 0))
            return null;
        return (both / ofOwn, Math.Sqrt(Math.Max(0, 1 - both * both / (ofOwn * ofGiven))));
    }
}
