using Sonde.Analysis.Trials;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Probes;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.FaultBenchmark.Scoring;

/// <summary>Reads trials, also those that an earlier version of Sonde trained: what it did not measure of the examples is measured now. These rows depend on
/// the data and the seed alone.</summary>
internal static class RecordedCase
{
    private static readonly string[] Later =
        [Quantity.ContradictedLabel, Quantity.NeighbourDissent, Quantity.RepeatedExample, Quantity.TestInTraining];

    /// <summary>Reads a trial.</summary>
    public static RecordedTrial Read(RunFolder run, string id)
    {
        var trial = run.ReadStatistics(id);
        if (trial.Layers.Any(row => row.Quantity == Quantity.RepeatedExample)
            || TrialFacts.Of(trial.Manifest).Setting is not { Data: { } data, Seed: { } seed })
            return trial;
        var rows = DataRows.Measure(DatasetList.Open(data, DataFolder.OfUser()), seed).Where(row => Later.Contains(row.Quantity));
        return trial with { Layers = [.. trial.Layers, .. rows] };
    }
}
