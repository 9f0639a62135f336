namespace Sonde.Diagnosis.Remedies;

/// <summary>Makes mini-batches smaller, so that there are more updates per pass, or larger, so that their gradients are less noisy.</summary>
internal static class ChangeBatch
{
    private const int Usual = 32, Factor = 8, MostUpdates = 10;

    /// <summary>Smaller mini-batches, and as many examples in all.</summary>
    public static Remedy? FindSmaller(Situation situation)
    {
        if (situation.Training.Batch is not (> 1 and var batch))
            return null;
        var smaller = Math.Max(1, Math.Min(Usual, batch / Factor));
        return new("smaller-batch", "A pass over the same examples then has more updates.", new()
        {
            Batch = smaller, Updates = situation.Training.Updates is { } updates and > 0 ? updates * Math.Min(MostUpdates, batch / smaller) : null,
        });
    }

    /// <summary>Larger mini-batches.</summary>
    public static Remedy? FindLarger(Situation situation) => situation.Training.Batch is not { } batch ? null
        : new("larger-batch", "The mean over more examples is less noisy.", new() { Batch = Math.Max(Usual, Factor * batch) });
}
