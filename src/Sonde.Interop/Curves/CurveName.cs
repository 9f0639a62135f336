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
}

/// <summary>What the name of a curve means: <c>val_loss</c>, <c>Accuracy/train</c>, <c>eval_accuracy</c>.</summary>
/// <param name="Split">The examples: <c>train</c>, <c>validation</c> or <c>test</c>; null if the name does not say.</param>
/// <param name="Kind">What is measured.</param>
internal sealed record CurveName(string? Split, CurveKind Kind)
{
    private static readonly char[] Separators = ['/', '_', '-', '.', ' ', ':', '(', ')', '[', ']', '%'];

    // Curves of these are neither costs nor errors of the network.
    private static readonly HashSet<string> Foreign = ["grad", "gradient", "norm", "lr", "rate", "time", "runtime", "second", "memory", "weight", "scale"];

    /// <summary>Finds what a name means; null if it is no cost, error or accuracy.</summary>
    public static CurveName? Find(string name)
    {
        var words = name.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(Foreign.Contains) && !words.Contains("error"))
            return null;
        CurveKind? kind = words.Any(IsCost) ? CurveKind.Cost
            : words.Any(word => word is "accuracy" or "acc" or "top1" or "acc1") ? CurveKind.Accuracy
            : words.Any(word => word is "error" or "err" or "misclassified") ? CurveKind.Error : null;
        return kind is { } known ? new(FindSplit(words), known) : null;
    }

    private static bool IsCost(string word) =>
        word.EndsWith("loss", StringComparison.Ordinal) || word is "cost" or "nll" or "crossentropy" or "objective";

    /// <summary>Finds the examples that words name; null if none does.</summary>
    public static string? FindSplit(params IReadOnlyList<string> words) =>
        words.Any(word => word is "test" or "testing") ? "test"
        : words.Any(word => word is "val" or "valid" or "validation" or "dev" or "eval" or "evaluation") ? "validation"
        : words.Any(word => word is "train" or "training") ? "train" : null;

    /// <summary>Finds the examples that the name of a folder or file names; null if it names none.</summary>
    public static string? FindSplit(string name) => FindSplit(name.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries));
}
