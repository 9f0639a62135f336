namespace Sonde.Diagnosis.Remedies;

/// <summary>Lowers the learning rate to what the first updates show to be usual, and at least to a tenth.</summary>
internal static class LowerRate
{
    private const double Most = 0.1, Least = 1e-6;

    public static Remedy? Find(Situation situation)
    {
        if (situation.Training.LearningRate is not { } rate || !(rate > 0))
            return null;
        var factor = Math.Clamp(situation.FindRateFactor() ?? Most, Least, Most);
        var lower = Situation.Rounded(rate * factor);
        // The rates that are usual with the optimizer are the second witness.
        if (Situation.FindUsualRates(situation.Training.Optimizer) is var (least, _, most))
            lower = rate > most ? Math.Clamp(lower, Math.Min(least, rate * Most), most) : lower;
        return new("lower-rate", "Smaller steps stay where the slope that they follow still holds.", new() { LearningRate = lower });
    }
}
