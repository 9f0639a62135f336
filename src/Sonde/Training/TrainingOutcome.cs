namespace Sonde.Training;

/// <summary>How training ended.</summary>
public enum TrainingStatus
{
    /// <summary>All updates are done.</summary>
    Done,

    /// <summary>Cancelled; a checkpoint was saved.</summary>
    Interrupted,

    /// <summary>A cost or parameter became NaN or infinite.</summary>
    Diverged,
}

/// <summary>How training ended, and where it went wrong if it did.</summary>
/// <param name="Status">Done, interrupted or diverged.</param>
/// <param name="Update">Updates done.</param>
/// <param name="Divergence">What became non-finite first; null unless the trial diverged.</param>
public sealed record TrainingOutcome(TrainingStatus Status, long Update, Divergence? Divergence)
{
    /// <summary>The divergence in words; null unless the trial diverged.</summary>
    public string? Message => Divergence?.Sentence;
}
