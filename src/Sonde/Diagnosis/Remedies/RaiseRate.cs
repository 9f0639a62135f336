namespace Sonde.Diagnosis.Remedies;

/// <summary>Raises the learning rate to what the first updates show to be usual, and at least tenfold.</summary>
internal static class RaiseRate
{
    private const double Least = 10, Most = 1e5;

    public static Remedy? Find(Situation situation)
    {
        if (situation.Training.LearningRate is not { } rate || !(rate > 0))
            return null;
        var higher = Situation.Rounded(rate * Math.Clamp(situation.FindRateFactor() ?? Least, Least, Most));
        if (Situation.FindUsualRates(situation.Training.Optimizer) is var (least, _, most))
            higher = rate < least ? Math.Clamp(higher, least, most) : higher;
        return new("raise-rate", "Larger steps come further in the updates that there are.", new() { LearningRate = higher });
    }
}
