using Sonde.Cli.Shell;
using Sonde.Diagnosis;
using Sonde.Diagnosis.Remedies;
using Sonde.Studies;

namespace Sonde.Cli.Diagnosing;

/// <summary>Remedies on the page of <c>sonde diagnose</c>.</summary>
internal static class RemedyText
{
    private const int Most = 3;

    /// <summary>Writes what to try, or what became of it.</summary>
    public static void Write(DiagnosedTrial trial)
    {
        if (trial.Remedies is not { } remedies)
            return;
        if (!remedies.History.HasNetwork && remedies.Verdict.Outcome != TrialOutcome.Learning)
            Terminal.WriteLine("  Only its curves are known, so Sonde proposes no setting. Record the layers with python/sonde_recorder.py, then type: "
                + "sonde import recording --out DIR");
        if (remedies.InData is not null)
            Terminal.WriteLine("  The fault is in the data: no change of the setting mends it.");
        if (remedies.Proof is { } proof)
            Terminal.WriteLine($"  {proof.Sentence}");
        foreach (var (index, remedy) in Shown(remedies).Index())
            Terminal.WriteLine($"  {(index == 0 ? "Try" : "Or")} {remedy.Name}: {SetOf(remedy, trial.Found.Setting)}. {remedy.Why}");
    }

    /// <summary>Writes the fields that a remedy sets, as <c>--set</c> takes them.</summary>
    public static string SetOf(Remedy remedy, RecordedSetting setting) =>
        string.Join(", ", setting.FieldsOf(remedy.Change).Select(set => $"{set.Key}={set.Value}"));

    private static IEnumerable<Remedy> Shown(TrialRemedies remedies) => remedies.Proof is null ? remedies.Ranked.Take(Most)
        : remedies.Chosen is { } chosen ? [chosen] : [];
}
