using System.Globalization;
using Sonde.Diagnosis;

namespace Sonde.Figures.Report;

/// <summary>The faults of a trial in its part of the report: causes first, each with its mechanism one click away.</summary>
internal static class ReportFindings
{
    /// <summary>Returns the list; empty if no fault is said.</summary>
    public static string ToHtml(Verdict verdict)
    {
        var faults = verdict.Findings.Where(finding => finding.IsFault).ToList();
        return faults.Count == 0 ? "" : $"<ul class=\"findings\">\n{string.Concat(faults.Select(fault => Item(fault, verdict)))}</ul>\n";
    }

    private static string Item(Finding fault, Verdict verdict)
    {
        var cause = verdict.Findings.FirstOrDefault(other => other.Id == fault.ConsequenceOf)?.Name;
        var kind = cause is null ? "cause" : $"a consequence of {cause}";
        var why = fault.Mechanism.Length == 0 ? ""
            : $"<details><summary>Why</summary>{Html.Prose(fault.Mechanism)} {Html.Escape(fault.Source)}</details>";
        return string.Create(CultureInfo.InvariantCulture,
            $"<li><b>{Html.Escape(fault.Name)}</b> ({Html.Escape(fault.Id)}, {Html.Escape(kind)}): {Html.Prose(fault.Sentence)}{why}</li>\n");
    }
}
