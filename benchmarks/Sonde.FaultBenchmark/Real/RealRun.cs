using System.Text.Json.Nodes;
using Sonde.FaultBenchmark.Rivals;
using Sonde.FaultBenchmark.Scoring;
using Sonde.Records.Runs;

namespace Sonde.FaultBenchmark.Real;

/// <summary>A trained case or twin.</summary>
/// <param name="Case">The case.</param>
/// <param name="IsTwin">True for its healthy twin.</param>
/// <param name="Run">Its trials.</param>
internal sealed record RealRun(FaultCase Case, bool IsTwin, RunFolder Run)
{
    private readonly List<JudgedTrial> trials = [.. Run.Trials.Order(StringComparer.Ordinal).Select(id => new JudgedTrial(RecordedCase.Read(Run, id)))];

    /// <summary>Has a judge judge every seed.</summary>
    public JudgedRun Judge(IJudge judge) => new(Case, IsTwin, [.. trials.Select(judge.Judge)]);
}

/// <summary>What a judge said of a case or twin.</summary>
/// <param name="Case">The case.</param>
/// <param name="IsTwin">True for its healthy twin.</param>
/// <param name="Said">What was said of each seed.</param>
internal sealed record JudgedRun(FaultCase Case, bool IsTwin, IReadOnlyList<IReadOnlyList<Said>> Said)
{
    /// <summary>What was said, in words.</summary>
    public JsonObject Json => new()
    {
        ["severity"] = Case.Text("severity"), ["group"] = Case.Text("group"),
        ["right"] = new JsonArray([.. (IsTwin ? CaseTruth.OfTwin(Case).Also : CaseTruth.Of(Case, _ => true).Faults).Select(label => (JsonNode)label)]),
        ["said"] = new JsonArray([.. Said.Select(labels => (JsonNode)string.Join(", ", labels.Select(one => string.Join('|', one.Labels))))]),
    };

    /// <summary>Returns a judgement for each seed.</summary>
    /// <param name="counts">True for a fault that counts.</param>
    public IEnumerable<Judgement> Judgements(Func<NamedFault, bool> counts)
    {
        var truth = IsTwin ? CaseTruth.OfTwin(Case) : Case.Text("group") == "healthy" ? CaseTruth.OfHealthy(Case) : CaseTruth.Of(Case, counts);
        Severity? severity = IsTwin ? null : Case.Text("severity") switch { "blocks" => Severity.Blocks, "slows" => Severity.Slows, _ => Severity.None };
        return Said.Select(said => new Judgement(IsTwin ? $"{Case.Id}-fixed" : Case.Id, Case.Text("group"), severity, truth, said));
    }
}
