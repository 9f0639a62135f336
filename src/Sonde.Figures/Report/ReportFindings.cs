using System.Globalization;
using Sonde.Diagnosis;
using Sonde.Figures.Trials;
using Sonde.Records.Trials;

namespace Sonde.Figures.Report;

/// <summary>The faults of a trial in its part of the report: causes first, the first of them with their evidence as a small figure, each with its mechanism
/// one click away.</summary>
internal static class ReportFindings
{
    /// <summary>Returns the list; empty if no fault is said.</summary>
    /// <param name="verdict">What was found.</param>
    /// <param name="trial">The records that evidence is drawn from; null for none.</param>
    public static string ToHtml(Verdict verdict, RecordedTrial? trial = null)
    {
        var faults = verdict.Findings.Where(finding => finding.IsFault).ToList();
        var items = faults.Select((fault, place) => Item(fault, verdict, place < Verdict.MostCauses ? trial : null));
        return faults.Count == 0 ? "" : $"<ul class=\"findings\">\n{string.Concat(items)}</ul>\n";
    }

    private static string Item(Finding fault, Verdict verdict, RecordedTrial? trial)
    {
        var cause = verdict.Findings.FirstOrDefault(other => other.Id == fault.ConsequenceOf)?.Name;
        var kind = cause is null ? "cause" : $"a consequence of {cause}";
        var why = fault.Mechanism.Length == 0 ? ""
            : $"<details><summary>Why</summary>{Html.Prose(fault.Mechanism)} {Html.Escape(fault.Source)}</details>";
        why += Evidence(fault, trial);
        return string.Create(CultureInfo.InvariantCulture,
            $"<li><b>{Html.Escape(fault.Name)}</b> ({Html.Escape(fault.Id)}, {Html.Escape(kind)}): {Html.Prose(fault.Sentence)}{why}</li>\n");
    }

    private static string Evidence(Finding fault, RecordedTrial? trial)
    {
        if (trial is null || EvidenceFigure.Find(fault, trial) is not { } figure)
            return "";
        var id = Html.Id($"evidence-{trial.Manifest.Id}-{fault.Id}");
        return $"<div class=\"picture evidence\">{figure.ToSvg($"{id}-")}</div>";
    }
}
