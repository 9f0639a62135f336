using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>Examples occur more than once: in the training part, so that there are fewer than it seems, or in the training and in the test part, so that the
/// test error says nothing of new examples.</summary>
internal static class InputsDuplicated
{
    // Fewer equal examples than this may be chance or a slip.
    private const int Fewest = 3;

    // Inputs of few values repeat by themselves, and then as often in one part as between the parts.
    private const double MuchRarer = 0.25;

    // Less of both parts is worth no remark.
    private const double LeastShare = 0.1;

    // Below Finding.LeastConfidence.
    private const double RemarkConfidence = 0.45;

    /// <summary>Training examples for each different one from which on few different ones are left.</summary>
    public const double LeastTimes = 2;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO105", "inputs-duplicated", FaultLabel.Observation)
    {
        Find = trial => InTraining(trial) ?? InTest(trial) ?? InBoth(trial),
        Lacks = trial => trial.Row(Quantity.RepeatedExample) is null || trial.Row(Quantity.TestInTraining) is null ? "equal examples were not counted" : null,
        Mechanism = "A copy of an example teaches nothing new. A test example that was trained on shows what was learnt by heart.",
        Source = "[Barz2020]",
    };

    private static Finding? InTraining(TrialHistory trial)
    {
        if (trial.Row(Quantity.RepeatedExample) is not { } repeated || repeated.Mean * repeated.Count < Fewest
            || trial.Number(Quantity.TestInTraining) is not { } inTest || inTest > MuchRarer * repeated.Mean
            || trial.Training.Examples is not (> 0 and var examples))
            return null;
        var different = examples <= repeated.Count ? examples * (1 - repeated.Mean) : DifferentOf(repeated.Count, repeated.Mean);
        if (!(examples >= LeastTimes * different))
            return null;
        return new(
            Rule.Name,
            $"Training examples are copies of each other: {Share(repeated.Mean)} of {Whole(repeated.Count)} have the inputs of an earlier one, so of "
                + $"{Whole(examples)} only about {Whole((long)different)} are different. Remove the copies, or collect more examples.",
            new Dictionary<string, double> { ["repeatedShare"] = repeated.Mean, ["differentExamples"] = different, ["examples"] = examples })
        {
            Label = FaultLabel.Overfit, Confidence = Evidence.Rising(examples / different, LeastTimes, 20, 0.5, 0.9), Layers = [InputProbe.Layer],
        };
    }

    private static Finding? InTest(TrialHistory trial)
    {
        if (trial.Row(Quantity.TestInTraining) is not { } inTest || inTest.Mean * inTest.Count < Fewest
            || trial.Number(Quantity.RepeatedExample) is not { } repeated || repeated > MuchRarer * inTest.Mean)
            return null;
        return new(
            Rule.Name,
            $"Test examples are training examples: {Share(inTest.Mean)} of {Whole(inTest.Count)} have the inputs of one of the first training examples. The "
                + "test error says nothing of new examples.",
            new Dictionary<string, double> { ["testInTrainingShare"] = inTest.Mean })
        {
            Confidence = Finding.LeastConfidence, Layers = [InputProbe.Layer],
        };
    }

    // Copies that were made before the split, or inputs of few values: the records do not tell them apart.
    private static Finding? InBoth(TrialHistory trial)
    {
        if (trial.Row(Quantity.TestInTraining) is not { } inTest || inTest.Mean * inTest.Count < Fewest || inTest.Mean < LeastShare
            || trial.Row(Quantity.RepeatedExample) is not { } repeated || repeated.Mean < LeastShare)
            return null;
        return new(
            Rule.Name,
            $"Examples occur several times: {Share(repeated.Mean)} of {Whole(repeated.Count)} training examples have the inputs of an earlier one, and "
                + $"{Share(inTest.Mean)} of {Whole(inTest.Count)} test examples those of a training example. If they are copies, the test error says nothing "
                + "of new examples: remove them before the split.",
            new Dictionary<string, double> { ["repeatedShare"] = repeated.Mean, ["testInTrainingShare"] = inTest.Mean })
        {
            Confidence = RemarkConfidence, Layers = [InputProbe.Layer],
        };
    }

    // How many different examples there are if a share of some that are drawn blindly has an earlier one's inputs: n draws from D give D (1 - (1 - 1/D)^n).
    private static double DifferentOf(long drawn, double repeatedShare)
    {
        var (low, high) = (1.0, 1e9);
        for (var step = 0; step < 100; step++)
        {
            var middle = Math.Sqrt(low * high);
            var different = -middle * double.ExpM1(drawn * double.LogP1(-1 / middle));
            (low, high) = 1 - different / drawn > repeatedShare ? (middle, high) : (low, middle);
        }
        return low;
    }
}
