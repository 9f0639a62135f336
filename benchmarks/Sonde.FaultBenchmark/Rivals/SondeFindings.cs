using Sonde.Analysis.Trials;

namespace Sonde.FaultBenchmark.Rivals;

/// <summary>What <c>sonde diagnose</c> says: findings that are sure enough to be said, in its order.</summary>
internal sealed class SondeFindings : IJudge
{
    /// <inheritdoc/>
    public string Name => "Sonde";

    /// <inheritdoc/>
    public IReadOnlyList<Said> Judge(JudgedTrial trial) =>
        [.. TrialFacts.VerdictOf(trial.Trial).Findings.Where(finding => finding.IsSaid).Select(finding => new Said([finding.Label], finding.Layers))];
}
