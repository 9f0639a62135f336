using Sonde.Data;
using Sonde.Networks;
using Sonde.Probes;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>The task, the output and the cost of a trial, as the findings about their fit see them.</summary>
internal sealed record TaskFit(TargetKind Task, Output Output, Cost Cost, int? Outputs, int? Classes, double? Low, double? High)
{
    /// <summary>Takes them from a trial; null if output or cost are not known.</summary>
    public static TaskFit? FindIn(TrialHistory trial)
    {
        var targets = trial.Row(Quantity.Target);
        return trial.Network is { Output: { } output, Cost: { } cost } network
            ? new(network.Task, output, cost, network.Outputs, (int?)trial.Row(Quantity.TrainClassShare)?.Count, targets?.Min, targets?.Max) : null;
    }

    /// <summary>Says what is missing.</summary>
    public static string? Lacks(TrialHistory trial) => FindIn(trial) is null ? "the output or the cost is not recorded" : null;

    /// <summary>True if the cost computes logarithms of probabilities from the outputs.</summary>
    public bool TakesProbabilities => Cost.Name is "nll" or "cross-entropy" or "bce";

    /// <summary>True if the cost applies the non-linearity itself.</summary>
    public bool TakesLogits => Cost.Name is "bce-logits" or "cross-entropy-logits";

    /// <summary>True if the cost is a distance of numbers.</summary>
    public bool IsDistance => Cost.Name is "mse" or "mae" or "quadratic";

    /// <summary>True if the cost chooses one class of several.</summary>
    public bool IsOfClasses => Cost.Name is "nll" or "cross-entropy" or "cross-entropy-logits";

    /// <summary>The least and the largest output; an infinity if there is no such limit.</summary>
    public (double Lower, double Upper) Limits => Output.Activation is { } activation
        ? (activation.Lower ?? double.NegativeInfinity, activation.Upper ?? double.PositiveInfinity) : (0, 1);

    /// <summary>True if some targets are beyond what outputs can give.</summary>
    public bool IsOutOfReach => Low is { } low && High is { } high && !TakesLogits
        && (low < Limits.Lower - 1e-3 || high > Limits.Upper + 1e-3);
}
