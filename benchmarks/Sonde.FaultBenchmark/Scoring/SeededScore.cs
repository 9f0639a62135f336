using Sonde.FaultBenchmark.Rivals;
using Sonde.FaultBenchmark.Seeded;
using Sonde.Records.Runs;

namespace Sonde.FaultBenchmark.Scoring;

/// <summary>Reads trained cases, and has judges say what they think of each run.</summary>
internal sealed class SeededScore
{
    private readonly List<(SeededCase Case, JudgedTrial Trial, Severity? Severity)> runs = [];

    /// <summary>Reads the runs.</summary>
    /// <param name="runner">Knows where they are.</param>
    /// <param name="cases">The cases; those that are not trained are left out.</param>
    public SeededScore(CaseRunner runner, IReadOnlyList<SeededCase> cases)
    {
        var ends = new Dictionary<string, IReadOnlyList<Ending>>();
        foreach (var seeded in cases)
        {
            var healthy = CaseList.Of(seeded.Part).First(other => other.Name == seeded.Base);
            if (!runner.IsDone(seeded) || !runner.IsDone(healthy))
            {
                Missing++;
                continue;
            }
            if (!ends.TryGetValue(seeded.Base, out var baseEnds))
                ends[seeded.Base] = baseEnds = Ending.OfAll(RunFolder.Open(runner.FolderOf(healthy)));
            var run = RunFolder.Open(runner.FolderOf(seeded));
            foreach (var id in run.Trials.Order(StringComparer.Ordinal))
            {
                var trial = RecordedCase.Read(run, id);
                var end = Ending.Of(trial.Manifest);
                if (seeded.IsHealthy ? end.Left > Harm.HealthyLeft : Harm.Of(end, baseEnds) == Severity.None)
                    (NotHealthy, Harmless) = seeded.IsHealthy ? (NotHealthy + 1, Harmless) : (NotHealthy, Harmless + 1);
                else
                    runs.Add((seeded, new(trial), seeded.IsHealthy ? null : Harm.Of(end, baseEnds)));
            }
        }
    }

    /// <summary>Cases that are not trained.</summary>
    public int Missing { get; }

    /// <summary>Runs of healthy networks that did not learn well enough to be called healthy: they are left out.</summary>
    public int NotHealthy { get; }

    /// <summary>Runs that their fault does not hurt: they are left out.</summary>
    public int Harmless { get; }

    /// <summary>The commonest right label.</summary>
    public string CommonestLabel => runs.SelectMany(run => run.Case.Faults).GroupBy(label => label).OrderByDescending(group => group.Count())
        .FirstOrDefault()?.Key ?? "healthy";

    /// <summary>The seconds that all runs trained.</summary>
    public double TrainingSeconds => runs.Sum(run => run.Trial.Trial.Manifest.Result?.TrainingSeconds ?? 0);

    /// <summary>Has a judge judge every run.</summary>
    /// <param name="judge">The judge.</param>
    /// <param name="share">The share of a run's updates that the judge sees; 1 for all that ended.</param>
    public IReadOnlyList<Judgement> Judge(IJudge judge, double share = 1) => [.. runs.Select(run => new Judgement(
        run.Case.Name, run.Case.Kind, run.Severity, new(run.Case.Faults, run.Case.Also,
            (_, layers) => run.Case.Layer is { } layer ? layers.Contains(layer) : null),
        judge.Judge(share < 1 ? run.Trial.At((long)(share * run.Trial.Trial.Manifest.Updates)) : run.Trial)))];
}
