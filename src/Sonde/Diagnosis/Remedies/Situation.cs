using System.Globalization;
using Sonde.Data;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Probes;

namespace Sonde.Diagnosis.Remedies;

/// <summary>What a remedy looks at.</summary>
/// <param name="Trial">The trial's records and setting.</param>
internal sealed record Situation(TrialHistory Trial)
{
    // An update usually moves weights by about a thousandth of their sd; a short training needs more to come anywhere.
    private const double UsualStep = 1e-3, LargestStep = 1e-2, UsualReach = 3;

    /// <summary>The network.</summary>
    public NetworkFacts Network => Trial.Network;

    /// <summary>How it is trained.</summary>
    public TrainingSetting Training => Trial.Training;

    /// <summary>The learning rates with which an optimizer usually trains, if inputs and weights have usual scales, and the middle one of them; null for one
    /// that is not listed.</summary>
    /// <param name="optimizer">Its name.</param>
    public static (double Least, double Usual, double Most)? FindUsualRates(string? optimizer) => optimizer switch
    {
        "sgd" => (0.003, 0.05, 0.3),
        "momentum" or "nesterov" => (0.0005, 0.01, 0.05),
        "adam" or "rmsprop" => (0.0001, 0.001, 0.01),
        _ => null,
    };

    /// <summary>The usual learning rate of the trial's optimizer, if its own is not among the usual ones; else null.</summary>
    public double? FindRateToSettle() => FindUsualRates(Training.Optimizer) is var (least, usual, most) && Training.LearningRate is { } rate
        && (rate < least || rate > most) ? usual : null;

    /// <summary>Returns a change of network or data, with a usual learning rate if the trial's own was chosen for other scales.</summary>
    public SettingChange Settled(SettingChange change) => change with { LearningRate = change.LearningRate ?? FindRateToSettle() };

    /// <summary>The factor by which the learning rate must change for updates to move weights as far as is usual, from the first recorded updates; null
    /// without records of them.</summary>
    public double? FindRateFactor()
    {
        double[] first = [.. Enumerable.Range(1, Network.Depth + 1).Select(layer => Trial.Rows(Quantity.UpdateToWeightRatio, layer))
            .Where(rows => rows is [{ Mean: > 0 and < double.PositiveInfinity }, ..]).Select(rows => rows[0].Mean).Order()];
        if (first.Length == 0)
            return null;
        var wanted = Math.Clamp(UsualReach / Math.Max(1, Training.Updates ?? Trial.Updates), UsualStep, LargestStep);
        return wanted / first[first.Length / 2];
    }

    /// <summary>The initializer of this name.</summary>
    public static Initializer Named(string name) => InitializerList.Find(name)!;

    /// <summary>Rounds to one significant digit, as people write rates.</summary>
    public static double Rounded(double value) => double.Parse(value.ToString("0e0", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>True for the user's own arrays, whose scaling a study can choose.</summary>
    public bool HasOwnArrays => Training.Data is { Name: "arrays" };

    /// <summary>How inputs are scaled; null if it is not known, or if the data have a range of their own.</summary>
    public InputScaling? InputScale => HasOwnArrays ? Training.Data!.Arrays.Scale : null;

    /// <summary>The number of classes; null if the network learns something else, or it is not known.</summary>
    public int? Classes => Network.Task != TargetKind.Classes ? null
        : Trial.Rows(Quantity.TrainClassShare, InputProbe.Layer) is [{ Count: > 1 and var trained }, ..] ? (int)trained
        : Trial.Rows(Quantity.ClassShare, InputProbe.Layer) is [{ Count: > 1 and var probed }, ..] ? (int)probed : null;

    /// <summary>True if biases start by a rule of their own, which may be what keeps units off; else null.</summary>
    public bool? HasOwnBiases => Network.BiasInitializer is null ? null : true;

    /// <summary>The usual kind of optimizer.</summary>
    public static OptimizerKind Adam => OptimizerList.Find("adam")!;
}
