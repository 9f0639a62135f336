using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>Test examples are not like training examples: classes or values are missing there.</summary>
internal static class SplitMismatch
{
    /// <summary>Share of test examples by which a class may differ; 256 examples leave 0.1 to chance.</summary>
    public const double MostClassShift = 0.2;

    /// <summary>Sds by which the mean of an input may differ; 256 examples leave 0.35 to chance.</summary>
    public const double MostInputShift = 0.6;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO110", "split-mismatch", FaultLabel.SplitMismatch)
    {
        Find = Find,
        Lacks = trial => trial.Row(Quantity.InputShift) is null && trial.Row(Quantity.ClassShift) is null ? "training and test examples were not compared"
            : null,
        ConsequenceOf = ["labels-imbalanced"],
        Mechanism = "A network knows only what its training examples hold; a split in the order of a sorted file keeps whole classes from it.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var (classes, inputs, train) = (trial.Row(Quantity.ClassShift), trial.Row(Quantity.InputShift), trial.Row(Quantity.TrainClassShare));
        if (classes is { Count: > 1 } && (classes.Max > MostClassShift || train is { Min: 0 } && classes.Max > 0.03))
            return new(
                Rule.Name, $"Training examples are not like test examples: a class has {PerCent(100 * classes.Max)} more of the test than of the training "
                    + $"part. "
                    + "Shuffle before splitting.",
                new Dictionary<string, double> { ["classShift"] = classes.Max, ["rarestTrainingShare"] = train?.Min ?? double.NaN })
            {
                Confidence = train is { Max: > 0.999 } ? 0.98 : train is { Min: 0 } ? 0.9 : Evidence.Rising(classes.Max, MostClassShift, 0.4, 0.6, 0.85),
                Layers = [InputProbe.Layer],
            };
        if (inputs is null || Math.Max(Math.Abs(inputs.Min), Math.Abs(inputs.Max)) is not (> MostInputShift and var shift))
            return null;
        return new(
            Rule.Name, $"Training examples are not like test examples: the mean of an input differs by {Number(shift)} sd. Shuffle before splitting.",
            new Dictionary<string, double> { ["inputShift"] = shift })
        {
            Confidence = Evidence.Rising(shift, MostInputShift, 1.2, 0.6, 0.9), Layers = [InputProbe.Layer],
        };
    }
}
