using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>How back-propagated gradients change from the top hidden layer down to the first, at the first recorded update.</summary>
/// <param name="Update">The update; 0 is initialization, or the end of pre-training.</param>
/// <param name="IsPretrained">True if pre-training came before update 0.</param>
/// <param name="Bottom">sd of layer 1.</param>
/// <param name="Top">sd of the top hidden layer.</param>
/// <param name="Depth">Hidden layers.</param>
/// <param name="WeightGradientSpread">Largest over smallest sd of weight gradients among hidden layers; NaN if they were not recorded.</param>
internal sealed record GradientProfile(long Update, bool IsPretrained, double Bottom, double Top, int Depth, double WeightGradientSpread)
{
    // The log of a gradient's mean square spreads over networks with a variance of about five times the sum of 1 / width [Hanin2018].
    private const double SpreadPerUnit = 5, Sds = 3;

    /// <summary>A change of sd by more than this factor from the top hidden layer to layer 1 counts as vanishing or exploding. Two layers need more: a factor
    /// of seven between neighbours, which sigmoid has by its slope of 1/4, keeps no shallow network from learning. So do layers of a few units, where the
    /// draw of weights alone changes it by as much.</summary>
    public double MostChange => Math.Max(Depth > 2 ? 4 : 10, DrawSpread);

    /// <summary>The factor by which the draw of weights alone may change a layer's sd; 1 if widths are not known.</summary>
    public double DrawSpread { get; init; } = 1;

    /// <summary>True if the network learns and gradients have levelled out since: whatever they were, they kept it from nothing.</summary>
    public bool IsOutgrown { get; init; }

    /// <summary>Returns the factor that three sds of the log of a layer's sd are, which is half that of its mean square.</summary>
    public static double DrawSpreadOf(NetworkFacts network) => Math.Exp(Sds / 2 * Math.Sqrt(SpreadPerUnit * network.Units.Sum(units => 1.0 / units)));

    /// <summary>Finds the profile in a trial; null with fewer than two hidden layers or without the rows.</summary>
    public static GradientProfile? FindIn(TrialHistory trial)
    {
        if (trial.Network.Depth < 2 || trial.First(Quantity.BackpropagatedGradient) is not [var bottom, .., var top] || !(bottom.Sd > 0) || !(top.Sd > 0))
            return null;
        var weights = trial.First(Quantity.WeightGradient).Select(row => row.Sd).DefaultIfEmpty(double.NaN).ToList();
        var profile = new GradientProfile(bottom.Update, trial.IsPretrained, bottom.Sd, top.Sd, trial.Network.Depth, weights.Max() / weights.Min())
        {
            DrawSpread = DrawSpreadOf(trial.Network),
        };
        var most = profile.MostChange;
        return profile with
        {
            IsOutgrown = trial.Last(Quantity.BackpropagatedGradient) is [{ Update: > 0, Sd: > 0 } lastBottom, .., { Sd: > 0 } lastTop]
                && lastBottom.Sd / lastTop.Sd is var last && last > 1 / most && last < most && Learning.Find(trial) is not null,
        };
    }

    /// <summary>The layers in the lower half, where the change is largest.</summary>
    public IReadOnlyList<int> Weakest => [.. Enumerable.Range(1, Math.Max(1, Depth / 2))];

    /// <summary>sd of layer 1 over sd of the top hidden layer.</summary>
    public double Ratio => Bottom / Top;

    /// <summary>The same for one layer: the ratio's (depth - 1)-th root. With equal widths the standard initialization gives about 0.58 (the root of 1/3) or
    /// less, the normalized one a little below 1 [Glorot2010, eqs. 13 to 16].</summary>
    public double PerLayer => Math.Pow(Ratio, 1.0 / (Depth - 1));

    /// <summary>"At initialization", "After pre-training" or "At update n".</summary>
    public string When => Update == 0 ? IsPretrained ? "After pre-training" : "At initialization" : $"At update {Whole(Update)}";

    /// <summary>Weight gradients whose sd differ by no more than this factor among layers count as similar.</summary>
    public const double SimilarSpread = 3;

    /// <summary>A closing sentence on weight gradients; empty if they were not recorded.</summary>
    public string WeightGradients => WeightGradientSpread switch
    {
        < 1.05 => " Weight gradients have the same sd in all layers.",
        <= SimilarSpread => $" Weight gradients are within a factor {Number(WeightGradientSpread)} of each other.",
        > SimilarSpread and < double.PositiveInfinity => $" Weight gradients differ by a factor {Times(WeightGradientSpread)}.",
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
