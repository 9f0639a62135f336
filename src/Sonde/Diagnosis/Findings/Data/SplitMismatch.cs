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

    // Four standard errors: of a class that half of the test examples have, and of a mean in sds. From 100 and 45 test examples on, the limits above are wider.
    private const double ClassChance = 2, InputChance = 4;

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
        // One mark per test example.
        var root = Math.Sqrt(trial.Row(Quantity.TestInTraining)?.Count ?? double.PositiveInfinity);
        var (mostClass, mostInput) = (Math.Max(MostClassShift, ClassChance / root), Math.Max(MostInputShift, InputChance / root));
        if (classes is { Count: > 1 } && (classes.Max > mostClass || train is { Min: 0 } && classes.Max > 0.03))
            return new(
                Rule.Name,
                "Training examples are not like test examples: " + (train is { Min: 0 }
                    ? "a class has no training example, and shares of classes differ by up to " : "the share of a class differs by ")
                    + $"{Share(classes.Max)[..^2]} percentage points. Shuffle before splitting.",
                new Dictionary<string, double> { ["classShift"] = classes.Max, ["rarestTrainingShare"] = train?.Min ?? double.NaN })
            {
                Confidence = train is { Max: > 0.999 } ? 0.98 : train is { Min: 0 } ? 0.9 : Evidence.Rising(classes.Max, mostClass, 2 * mostClass, 0.6, 0.85),
                Layers = [InputProbe.Layer],
            };
        if (inputs is null)
            return null;
        var shift = Math.Max(Math.Abs(inputs.Min), Math.Abs(inputs.Max));
        if (!(shift > mostInput))
            return null;
        return new(
            Rule.Name, $"Training examples are not like test examples: the mean of an input differs by {Number(shift)} of its sds. Shuffle before "
                + "splitting.",
            new Dictionary<string, double> { ["inputShift"] = shift })
        {
            Confidence = Evidence.Rising(shift, mostInput, 2 * mostInput, 0.6, 0.9), Layers = [InputProbe.Layer],
        };
    }
}
