using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>The mean of inputs is far from 0, in units of their sd.</summary>
internal static class InputsUncentred
{
    /// <summary>Offsets below this are usual: pixels from 0 to 1 have up to 2.</summary>
    public const double LeastOffset = 3;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO102", "inputs-uncentred", FaultLabel.InputsUncentred)
    {
        Find = Find, IsStatic = true, IsExplainedAway = true, ConsequenceOf = ["split-mismatch"],
        Lacks = trial => trial.Row(Quantity.InputOffset) is null && !InputsConstant.AreAllTheSame(trial) ? "the mean and sd of single inputs were not recorded"
            : null,
        Mechanism = "If all inputs have the same sign, the weights of a unit can only grow or shrink together in one step, and the mean drowns what differs "
            + "from "
            + "example to example.",
        Source = "[LeCun1998b]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.Row(Quantity.InputOffset) is not { } row || Math.Sqrt(row.Mean * row.Mean + row.Sd * row.Sd) is not (> LeastOffset and var offset))
            return null;
        return new(
            Rule.Name,
            $"Inputs are not centred: their mean is {Number(offset)} times their sd away from 0. Subtract the mean of each input.",
            new Dictionary<string, double> { ["offset"] = offset, ["largestOffset"] = Math.Max(Math.Abs(row.Min), Math.Abs(row.Max)) })
        {
            Confidence = Evidence.Rising(offset, LeastOffset, 10), Layers = [InputProbe.Layer],
        };
    }
}
