namespace Sonde.Diagnosis.Remedies;

/// <summary>Lowers the learning rate: one above all usual ones to the usual one, another to what the first updates show to be usual, and at least to a
/// tenth.</summary>
internal static class LowerRate
{
    private const double Most = 0.1, Least = 1e-6, MostMomentum = 0.97;

    public static Remedy? Find(Situation situation)
    {
        if (situation.Training.LearningRate is not { } rate || !(rate > 0))
            return null;
        // More than this remembers hundreds of gradients: the momentum is too large, not the rate.
        if (situation.Training.Momentum > MostMomentum)
            return null;
        var usual = Situation.FindUsualRates(situation.Training.Optimizer) is var (_, middle, most) && rate > most ? middle : (double?)null;
        var lower = usual ?? Situation.Rounded(rate * Math.Clamp(situation.FindRateFactor() ?? Most, Least, Most));
        return new("lower-rate", "Smaller steps stay where the slope that they follow still holds.", new() { LearningRate = lower });
    }
}
