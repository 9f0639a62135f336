using Sonde.Numerics.Significance;

namespace Sonde.Analysis.Selecting;

/// <summary>A model, the candidates that were tried, and the one with the least validation error.</summary>
/// <param name="Name">Activation, initializer, and the other settings that distinguish it: <c>tanh normalized</c>.</param>
/// <param name="Candidates">Its depths and learning rates, in the study's order.</param>
public sealed record ModelChoice(string Name, IReadOnlyList<Candidate> Candidates)
{
    // Means of the same errors in another order differ in their last bits, which must not decide.
    private const int TieDigits = 9;

    /// <summary>The candidate with the least validation error, mean over seeds; of equal ones that with fewer layers, then that with the smaller learning rate.
    /// Null if no candidate has all of its trials done.</summary>
    public Candidate? Chosen { get; } = Candidates.Where(candidate => candidate.ValidationError is not null)
        .OrderBy(candidate => Math.Round(candidate.ValidationError!.Mean, TieDigits)).ThenBy(candidate => candidate.Depth).ThenBy(candidate => candidate.Rate)
        .FirstOrDefault();

    /// <summary>Test error of the chosen one over its seeds, in per cent; those of other candidates are not used.</summary>
    public MeanInterval? TestError => Chosen is null ? null : MeanInterval.Of([.. Chosen.Trials.Select(trial => trial.Manifest!.Result!.TestError)]);

    /// <summary>True if Sonde did not train it, so that nothing was chosen.</summary>
    internal bool IsImported => Chosen?.Trials.Any(trial => trial.Manifest!.IsImported) is true;

    /// <summary>True if no candidate can still change the choice.</summary>
    public bool IsFinal => !Candidates.Any(candidate => candidate.IsOpen);

    /// <summary>True for the model with the least test error of its task, and for those that do not differ from it significantly: bold in the paper's
    /// Table 1.</summary>
    public bool IsAmongBest { get; init; }
}
