using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>How back-propagated gradients change from the top hidden layer down to the first, at the first recorded update.</summary>
/// <param name="Update">The update; 0 is initialization, or the end of pre-training.</param>
/// <param name="IsPretrained">True where pre-training came before update 0.</param>
/// <param name="Ratio">sd of layer 1 over sd of the top hidden layer.</param>
/// <param name="PerLayer">The same for one layer: the ratio's (depth - 1)-th root.</param>
/// <param name="WeightGradientSpread">Largest over smallest sd of weight gradients among hidden layers; NaN where they were not recorded.</param>
internal sealed record GradientProfile(long Update, bool IsPretrained, double Ratio, double PerLayer, double WeightGradientSpread)
{
    /// <summary>Shrinking faster than this for each layer counts as vanishing, growing faster than its inverse as exploding. With equal widths the
    /// standard initialization gives about 0.58 (the root of 1/3) or less, the normalized one a little below 1 [Glorot2010, eqs. 13 to 16].</summary>
    public const double LevelPerLayer = 0.8;

    /// <summary>The profile; null with fewer than two hidden layers or without the rows.</summary>
    public static GradientProfile? FindIn(TrialHistory trial)
    {
        if (trial.Network.Depth < 2 || trial.First(Quantity.BackpropagatedGradient) is not [var bottom, .., var top] || !(bottom.Sd > 0) || !(top.Sd > 0))
            return null;
        var weights = trial.First(Quantity.WeightGradient).Select(row => row.Sd).DefaultIfEmpty(double.NaN).ToList();
        var ratio = bottom.Sd / top.Sd;
        return new(bottom.Update, trial.IsPretrained, ratio, Math.Pow(ratio, 1.0 / (trial.Network.Depth - 1)), weights.Max() / weights.Min());
    }

    /// <summary>"At initialization", "After pre-training" or "At update n".</summary>
    public string When => Update == 0 ? IsPretrained ? "After pre-training" : "At initialization" : $"At update {Whole(Update)}";

    /// <summary>Weight gradients whose sd differ by no more than this factor among layers are told as staying together.</summary>
    public const double TogetherSpread = 3;

    /// <summary>A closing clause on weight gradients where they were recorded.</summary>
    public string WeightGradients => WeightGradientSpread switch
    {
        <= TogetherSpread => $", while those of weight gradients stay within a factor {Number(WeightGradientSpread)}",
        > TogetherSpread and < double.PositiveInfinity => $", and those of weight gradients differ by a factor {Number(WeightGradientSpread)}",
        _ => "",
    };

    /// <summary>The numbers.</summary>
    public Dictionary<string, double> Evidence
    {
        get
        {
            var evidence = new Dictionary<string, double> { ["update"] = Update, ["ratio"] = Ratio, ["perLayer"] = PerLayer };
            if (double.IsFinite(WeightGradientSpread))
                evidence["weightGradientSpread"] = WeightGradientSpread;
            return evidence;
        }
    }
}
