using Sonde.Analysis.Contents;
using Sonde.Diagnosis;

namespace Sonde.Cli.Diagnosing;

/// <summary>A trial with its verdict.</summary>
/// <param name="Found">How it was found.</param>
/// <param name="Verdict">What its records say; null if they cannot be read, or if there are none.</param>
/// <param name="Message">Why there is no verdict; else null.</param>
internal sealed record DiagnosedTrial(FoundTrial Found, Verdict? Verdict, string? Message)
{
    /// <summary>What may cure it; null without a verdict.</summary>
    public TrialRemedies? Remedies { get; init; }
}
