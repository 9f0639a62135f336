using Sonde.Data;
using Sonde.Probes;

namespace Sonde.Diagnosis;

/// <summary>The error of always guessing the commonest class.</summary>
/// <param name="Error">In per cent.</param>
/// <param name="Margin">Percentage points within which an error counts as chance.</param>
internal sealed record ChanceLevel(double Error, double Margin)
{
    /// <summary>The margin of a chance level that is known: more than five standard errors of 10,000 test examples.</summary>
    public const double ExactMargin = 2;

    // An estimate that is vaguer than this share of the error, as one from a single mini-batch, would call networks stuck that have learned.
    private const double WidestMargin = 0.15;

    /// <summary>Estimates the level from the class shares of the probe examples; null without their rows, or if these are too few. Its margin has two standard
    /// errors of that estimate besides.</summary>
    public static ChanceLevel? FindIn(TrialHistory trial)
    {
        if (trial.Rows(Quantity.ClassShare, InputProbe.Layer) is not [{ Max: > 0 and <= 1 and var share }, ..]
            || trial.Rows(Quantity.InputSquare, InputProbe.Layer) is not [{ Count: > 0 and var examples }, ..])
            return null;
        var (error, margin) = (100 * (1 - share), ExactMargin + 200 * Math.Sqrt(share * (1 - share) / examples));
        return margin <= WidestMargin * error ? new(error, margin) : null;
    }

    /// <summary>Says what guessing gives.</summary>
    public string Words =>
        $"{Guess} gives {(Margin > ExactMargin ? "about " : "")}{(Task == TargetKind.Values ? "R² " : "")}{ErrorMeasure.Of(Task).Text(Error)}";

    /// <summary>What a network learns.</summary>
    public TargetKind Task { get; init; }

    private string Guess => Task switch
    {
        TargetKind.YesNo => "always giving the commonest answers",
        TargetKind.Values => "always giving the mean of the targets",
        _ => "always guessing the commonest class",
    };
}
