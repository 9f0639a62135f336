using Sonde.Data;
using Sonde.Probes;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>Neither neighbours, nor a linear answer, nor the network do better on new examples than a constant answer: inputs and targets do not belong
/// together, or inputs carry no signal.</summary>
internal static class InputsTellNothing
{
    // A network that cannot learn proves nothing about its examples.
    private static readonly string[] Others =
    [
        "inputs-constant", "labels-constant", "output-activation-wrong", "outputs-count-wrong", "cost-wrong", "dead-units", "symmetric-units", "rate-high",
        "rate-low", "momentum-strong", "init-too-large", "init-too-small", "inputs-unscaled", "inputs-uncentred", "targets-unscaled",
        "saturated-at-start", "sigmoid-layers", "regularization-strong", "batch-large", "split-mismatch",
    ];

    // With more inputs than this share of the examples, neighbours are far away and a linear answer fits by chance: both may miss a signal, as in images.
    private const double ManyInputs = 0.25;

    // The share of a constant answer's error on training examples below which they are learnt.
    private const double ByHeart = 0.8;

    // At 256 examples, a class with less than about 6 % of them.
    private const double MostDoubt = 0.5;

    /// <summary>How it is listed if the inputs are to blame.</summary>
    internal static FindingRule Rule { get; } = new("SO104", "inputs-no-signal", FaultLabel.InputsNoSignal)
    {
        Find = trial => Find(trial, Compared(trial), Rule!), ConsequenceOf = Others, IsExplainedAway = true,
        Lacks = Lacks,
        Mechanism = "A network can learn such examples by heart, and nothing that holds for others.",
    };

    /// <summary>How it is listed if the targets are to blame.</summary>
    internal static FindingRule Shuffled { get; } = new("SO108", "labels-shuffled", FaultLabel.LabelsBroken)
    {
        Find = trial => Find(trial, "Targets look as if they belong to other inputs. Compare some examples with their targets by eye.", Shuffled!, 0.9),
        ConsequenceOf = Others, IsExplainedAway = true,
        Lacks = Lacks,
        Mechanism = "If inputs and targets are sorted or shuffled apart, no relation is left to learn.",
    };

    /// <summary>True if neither neighbours nor a linear answer beat a constant one.</summary>
    public static bool AreUnrelated(TrialHistory trial)
    {
        if (trial.Number(Quantity.ConstantError) is not (> 0 and var constant) || trial.Fit.KnownShare is not { } known)
            return false;
        if (trial.Network.Task == TargetKind.Values)
            return known > 0.97;
        return 1 - known < Doubt(trial, constant);
    }

    // Two standard errors of the constant answer's error, as a share of it.
    private static double Doubt(TrialHistory trial, double constant)
    {
        var examples = Math.Min(trial.Training.Examples ?? DataRows.Examples, DataRows.Examples);
        var share = constant / 100;
        return 2 * Math.Sqrt((1 - share) / (share * examples));
    }

    private static string Compared(TrialHistory trial)
    {
        string Of(string quantity) => trial.Number(quantity) is { } error ? trial.Measure.Text(error) : "";
        var learnt = trial.Fit.TrainShare is < ByHeart
            ? $"The network learns its examples by heart ({trial.Measure.Phrase("training", trial.Fit.TrainErrors[^1].Error)}) and knows no others."
            : "The network has not learned more.";
        return $"Nothing in the inputs tells the targets: the {trial.Measure.NameOf("training")} of answering as neighbours do is "
            + $"{Of(Quantity.NeighbourError)}, of a linear answer {Of(Quantity.LinearError)}, and of a constant answer {Of(Quantity.ConstantError)}. {learnt}";
    }

    private static Finding? Find(TrialHistory trial, string sentence, FindingRule rule, double weight = 1)
    {
        // A network that is better than a guess has found a signal.
        if (!AreUnrelated(trial) || trial.Fit.TestShare is not (> 0.9 and var share) || Learning.Find(trial) is not null)
            return null;
        // A constant answer that is wrong on a dozen examples is hard to beat, whatever the inputs tell.
        if (trial.Network.Task != TargetKind.Values && Doubt(trial, trial.Number(Quantity.ConstantError)!.Value) > MostDoubt)
            return null;
        // Learning by heart is the proof: the network works, and what it learns holds for nothing else.
        var byHeart = trial.Fit.TrainShare is < ByHeart;
        var isTold = trial.Fit.IsOver && trial.Network.Inputs <= ManyInputs * Math.Min(trial.Training.Examples ?? DataRows.Examples, DataRows.Examples);
        var (near, linear, constant) = (trial.Number(Quantity.NeighbourError)!.Value, trial.Number(Quantity.LinearError)!.Value,
            trial.Number(Quantity.ConstantError)!.Value);
        return new(
            rule.Name, sentence,
            new Dictionary<string, double>
            {
                ["neighbourError"] = near, ["linearError"] = linear, ["constantError"] = constant, ["testShare"] = share,
            })
        {
            Confidence = weight * (byHeart ? 0.9 : isTold ? 0.65 : 0.45), Layers = [InputProbe.Layer], LastUpdate = trial.Updates,
        };
    }

    /// <summary>What is missing to judge whether inputs tell targets.</summary>
    public static string? Lacks(TrialHistory trial) => trial.Fit.KnownShare is null
        ? $"there are fewer than {DataRows.FewestExamples} training examples, or they were not recorded" : null;
}
