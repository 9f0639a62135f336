using Sonde.Cli.Shell;
using Sonde.Diagnosis;

namespace Sonde.Cli.Diagnosing;

/// <summary>The page of <c>sonde diagnose</c> in the terminal.</summary>
internal static class DiagnosisText
{
    /// <summary>Writes every trial.</summary>
    public static void Write(IReadOnlyList<DiagnosedTrial> trials)
    {
        foreach (var trial in trials)
        {
            Terminal.WriteLine($"{trial.Found.Id}: {trial.Verdict?.Sentence ?? trial.Message}");
            if (trial.Verdict is not { } verdict)
                continue;
            foreach (var finding in verdict.Findings)
                Terminal.WriteLine($"  {finding.Id} {finding.Name}: {finding.Sentence}{Because(finding, verdict)}");
            RemedyText.Write(trial);
            foreach (var unchecked_ in verdict.NotChecked)
                Terminal.WriteLine($"  {unchecked_.Id} {unchecked_.Name}: not checked, because {unchecked_.Because}.");
        }
    }

    private static string Because(Finding finding, Verdict verdict) =>
        finding.ConsequenceOf is { } cause ? $" (a consequence of {verdict.Findings.First(other => other.Id == cause).Name})" : "";
}
