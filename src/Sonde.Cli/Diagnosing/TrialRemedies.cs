using Sonde.Diagnosis;
using Sonde.Diagnosis.Remedies;
using Sonde.Running.Proving;

namespace Sonde.Cli.Diagnosing;

/// <summary>The remedies of a trial, and what became of those that were tried.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="History">The trial.</param>
/// <param name="Proof">The remedies that were tried; null if none was.</param>
internal sealed record TrialRemedies(Verdict Verdict, TrialHistory History, Proof? Proof)
{
    /// <summary>All remedies, the likeliest first.</summary>
    public IReadOnlyList<Remedy> Ranked { get; } = RemedyList.GetRanked(Verdict, History);

    /// <summary>The finding of a fault that the data alone can mend; null if there is none, or if it is not the first.</summary>
    public Finding? InData => FirstCause is { } cause && DataFault.Is(cause) ? cause : null;

    private Finding? FirstCause => Verdict.Findings.FirstOrDefault(finding => finding.IsSaid && finding.ConsequenceOf is null && RemedyList.IsFault(finding));

    /// <summary>The remedy to apply: the one that helped most or, if none was tried, the likeliest; null if there is none, or if none helped.</summary>
    public Remedy? Chosen => Proof is null ? Ranked.Count > 0 ? Ranked[0] : null : Proof.Best?.Remedy;

    /// <summary>The remedies of a finding, the likeliest first. Those of the first cause begin with the remedy of all causes together.</summary>
    public IReadOnlyList<Remedy> Of(Finding finding)
    {
        var own = RemedyList.GetFor(finding, History);
        return finding == (FirstCause ?? Verdict.Findings[0]) ? [.. Ranked.Take(1).Concat(own).Concat(ProvenTogether).DistinctBy(remedy => remedy.Name)] : own;
    }

    /// <summary>What became of a remedy; null if it was not tried.</summary>
    public TriedRemedy? TriedOf(Remedy remedy) => Proof?.Tried.FirstOrDefault(tried => tried.Remedy.Name == remedy.Name);

    private IEnumerable<Remedy> ProvenTogether =>
        (Proof?.Tried ?? []).Select(tried => tried.Remedy).Where(remedy => Ranked.All(one => one.Name != remedy.Name));
}
