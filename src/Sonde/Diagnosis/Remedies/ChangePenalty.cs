namespace Sonde.Diagnosis.Remedies;

/// <summary>Holds the fit back by weight decay or dropout, or stops holding it back.</summary>
internal static class ChangePenalty
{
    private const double Decay = 1e-3, Share = 0.3;

    /// <summary>A penalty on large weights; dropout, if there is one already.</summary>
    public static Remedy? FindStronger(Situation situation) => situation.Training.WeightDecay is null or 0
        ? new("weight-decay", "Small weights fit the regularities of the training part before its single examples.", new() { WeightDecay = Decay })
        : FindDropout(situation);

    /// <summary>Dropout.</summary>
    public static Remedy? FindDropout(Situation situation) => situation.Network.Depth == 0 || situation.Network.Dropouts.Any(share => share > 0) ? null
        : new("dropout", "Units that are left out at random cannot rely on each other to remember single examples.", new() { Dropout = Share });

    /// <summary>No penalty and no dropout.</summary>
    public static Remedy? FindWeaker(Situation situation)
    {
        var change = new SettingChange
        {
            Dropout = situation.Network.Dropouts.Any(share => share > 0) ? 0 : null,
            WeightDecay = situation.Training.WeightDecay > 0 ? 0 : null,
        };
        return change.Size == 0 ? null : new("no-penalty", "Dropout and weight decay hold the fit to the training part back.", change);
    }
}
