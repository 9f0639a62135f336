using Sonde.Optimizers;

namespace Sonde.Diagnosis.Remedies;

/// <summary>Raises the learning rate: one below all usual ones to the usual one, another to what the first updates show to be usual, and at least tenfold. A
/// rate that decays away is left constant.</summary>
internal static class RaiseRate
{
    private const double Least = 10, Most = 1e5;

    public static Remedy? Find(Situation situation)
    {
        if (situation.Training.LearningRate is not { } rate || !(rate > 0))
            return null;
        if (situation.Training is { Schedule.Decay: > 0 and var decay, Updates: { } updates } && decay * updates > 1)
            return new("keep-rate", "A rate that falls with every update ends training long before its updates are done.",
                new() { Schedule = RateSchedule.Constant });
        var usual = Situation.FindUsualRates(situation.Training.Optimizer) is var (least, middle, _) && rate < least ? middle : (double?)null;
        var higher = usual ?? Situation.Rounded(rate * Math.Clamp(situation.FindRateFactor() ?? Least, Least, Most));
        return new("raise-rate", "Larger steps come further in the updates that there are.", new() { LearningRate = higher });
    }
}
