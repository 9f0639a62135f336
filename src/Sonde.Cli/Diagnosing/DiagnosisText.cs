using Sonde.Cli.Shell;
using Sonde.Diagnosis;
using Sonde.Figures.Drawing;

namespace Sonde.Cli.Diagnosing;

/// <summary>The page of <c>sonde diagnose</c> in the terminal: plain words first, then what they rest on.</summary>
internal static class DiagnosisText
{
    /// <summary>Writes every trial: one alone in full, several with the faults that are said.</summary>
    public static void Write(IReadOnlyList<DiagnosedTrial> trials)
    {
        foreach (var (index, trial) in trials.Index())
        {
            if (index > 0)
                Terminal.WriteLine();
            Terminal.WriteLine($"{trial.Found.Id}: {(trial.Verdict is { } known ? WordsOf(known.Outcome) : trial.Message)}");
            if (trial.Verdict is not { } verdict)
                continue;
            Terminal.WriteLine($"  {verdict.Sentence}");
            WriteFindings(verdict, trials.Count == 1, trial.Remedies?.History.Step ?? "update");
            RemedyText.Write(trial);
            if (trials.Count > 1)
                continue;
            if (trial.History is { } history)
                LayerTable.Write(history);
            WriteUnchecked(verdict);
        }
    }

    /// <summary>An outcome in words.</summary>
    public static string WordsOf(TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.Learning => "learning",
        TrialOutcome.Slow => "slow, but moving",
        TrialOutcome.Plateau => "on a plateau that such networks leave",
        TrialOutcome.WillNotLearn => "will not learn as it is set",
        TrialOutcome.Diverged => "diverged",
        _ => "not known yet",
    };

    private static void WriteFindings(Verdict verdict, bool inFull, string step)
    {
        List<Finding> faults = [.. verdict.Findings.Where(finding => finding.IsFault)];
        WriteGroup("Causes", [.. faults.Where(finding => finding.ConsequenceOf is null)], verdict, inFull, step);
        WriteGroup("What follows from them", [.. faults.Where(finding => finding.ConsequenceOf is not null)], verdict, inFull, step);
        if (inFull)
            WriteGroup("Remarks", [.. verdict.Findings.Where(finding => !finding.IsFault)], verdict, false, step);
    }

    private static void WriteGroup(string title, IReadOnlyList<Finding> findings, Verdict verdict, bool withMechanism, string step)
    {
        if (findings.Count == 0)
            return;
        Terminal.WriteLine();
        Terminal.WriteLine($"  {title}");
        foreach (var finding in findings)
        {
            var cause = verdict.Findings.FirstOrDefault(other => other.Id == finding.ConsequenceOf)?.Name;
            Terminal.WriteLine($"    {finding.Id} {finding.Name}, confidence {FigureNumber.WholePerCent(finding.Confidence)} %{WhenOf(finding, step)}"
                + $"{(cause is null ? "" : $", a consequence of {cause}")}");
            Terminal.WriteLine($"      {finding.Sentence}");
            if (withMechanism && finding.Mechanism.Length > 0)
                Terminal.WriteLine($"      Why: {finding.Mechanism}{(finding.Source.Length > 0 ? $" {finding.Source}" : "")}");
        }
    }

    private static string WhenOf(Finding finding, string step) => finding.LastUpdate == 0 ? ""
        : finding.FirstUpdate == finding.LastUpdate ? $", {step} {finding.LastUpdate}" : $", {step}s {finding.FirstUpdate} to {finding.LastUpdate}";

    // Many findings lack the same records: one line for each reason.
    private static void WriteUnchecked(Verdict verdict)
    {
        if (verdict.NotChecked.Count == 0)
            return;
        Terminal.WriteLine();
        foreach (var group in verdict.NotChecked.GroupBy(rule => rule.Because))
            Terminal.WriteLine($"  Not checked, because {group.Key}: {string.Join(", ", group.Select(rule => rule.Name))}.");
    }
}
