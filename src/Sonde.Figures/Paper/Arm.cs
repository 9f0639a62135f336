using Sonde.Records;

namespace Sonde.Figures.Paper;

/// <summary>One model of a figure of the paper: trials with the same setting and different seeds.</summary>
/// <param name="Label">Its name in legends, such as <c>tanh N</c>.</param>
/// <param name="Trials">One for each seed.</param>
public sealed record Arm(string Label, IReadOnlyList<RecordedTrial> Trials)
{
    /// <summary>The standard deviation that theory predicts at initialization for the figure's quantity, of each hidden layer from the input; null where
    /// none is to be drawn.</summary>
    public IReadOnlyList<double>? PredictedSd { get; init; }

    /// <summary>Number of hidden layers; 0 where there is no trial.</summary>
    internal int Depth => Trials.Select(trial => TrialFacts.Of(trial.Manifest).Depth).FirstOrDefault();

    /// <summary>Name of the dataset; null where there is no trial.</summary>
    internal string? Data => Trials.Select(trial => TrialFacts.Of(trial.Manifest).Data).FirstOrDefault();
}
