namespace Sonde.Interop.Curves;

/// <summary>What a curve of another program measures.</summary>
internal enum CurveKind
{
    /// <summary>A cost.</summary>
    Cost,

    /// <summary>A share of wrong answers.</summary>
    Error,

    /// <summary>A share of right answers.</summary>
    Accuracy,

    /// <summary>The root of the mean squared error.</summary>
    Rmse,

    /// <summary>The mean squared error, beside a cost.</summary>
    Mse,

    /// <summary>The mean absolute error.</summary>
    Mae,

    /// <summary>R²: the share of the targets' variance that is explained.</summary>
    RSquared,
}

/// <summary>What the name of a curve means: <c>val_loss</c>, <c>Accuracy/train</c>, <c>eval_rmse</c>, <c>val_mean_absolute_error</c>.</summary>
/// <param name="Split">The examples: <c>train</c>, <c>validation</c> or <c>test</c>; null if the name does not say.</param>
/// <param name="Kind">What is measured.</param>
internal sealed record CurveName(string? Split, CurveKind Kind)
{
    private static readonly char[] Separators = ['/', '_', '-', '.', ' ', ':', '(', ')', '[', ']', '%', '^', ',', '\''];

    // Curves of these are neither costs nor errors of the network.
    private static readonly HashSet<string> Foreign = ["grad", "gradient", "norm", "lr", "rate", "time", "runtime", "second", "memory", "weight", "scale"];

    // Measures of numbers, spelled out: Keras writes mean_absolute_error, torchmetrics MeanAbsoluteError. The first that fits counts.
    private static readonly (string Spelled, string Short, CurveKind? Kind)[] OfNumbers =
    [
        ("percentage", "mape", null), ("logarithmic", "msle", null), ("relative", "", null), ("rootmeansquare", "rmse", CurveKind.Rmse),
        ("meansquare", "mse", CurveKind.Mse), ("meanabsolute", "mae", CurveKind.Mae), ("r2score", "r2", CurveKind.RSquared),
        ("rsquare", "rsquared", CurveKind.RSquared), ("absoluteerror", "", null), ("squarederror", "", null), ("standard", "", null),
    ];

    /// <summary>Finds what a name means; null if it is none of the kinds.</summary>
    public static CurveName? Find(string name)
    {
        var words = name.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(Foreign.Contains) && !words.Contains("error"))
            return null;
        return KindOf(words) is { } known ? new(FindSplit(words), known) : null;
    }

    private static CurveKind? KindOf(string[] words)
    {
        if (words.Any(word => word.EndsWith("loss", StringComparison.Ordinal) || word is "cost" or "nll" or "crossentropy" or "objective"))
            return CurveKind.Cost;
        var joined = string.Concat(words);
        foreach (var (spelled, brief, kind) in OfNumbers)
            if (joined.Contains(spelled, StringComparison.Ordinal) || words.Contains(brief))
                return kind;
        // Whether the answer is among five is another question.
        var isAmongSeveral = words.Index().Any(word => word.Item.StartsWith("top", StringComparison.Ordinal)
            && word.Item != "top1" && !(word.Item == "top" && words.ElementAtOrDefault(word.Index + 1) == "1"));
        return isAmongSeveral ? null
            : words.Any(word => word is "accuracy" or "acc" or "top1" or "acc1") ? CurveKind.Accuracy
            : words.Any(word => word is "error" or "err" or "misclassified") ? CurveKind.Error : null;
    }

    /// <summary>Finds the examples that words name; null if none does.</summary>
    public static string? FindSplit(params IReadOnlyList<string> words) =>
        words.Any(word => word is "test" or "testing") ? "test"
        : words.Any(word => word is "val" or "valid" or "validation" or "dev" or "eval" or "evaluation") ? "validation"
        : words.Any(word => word is "train" or "training") ? "train" : null;

    /// <summary>Finds the examples that the name of a folder or file names; null if it names none.</summary>
    public static string? FindSplit(string name) => FindSplit(name.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries));
}
