using Sonde.Analysis.Contents;
using Sonde.Cli.Trials;
using Sonde.Records.Runs;

namespace Sonde.Cli.Export;

/// <summary>Writes the tables of a run folder as CSV files.</summary>
/// <param name="Files">Each file with its number of rows.</param>
/// <param name="LeftOut">Trials whose tables are damaged.</param>
internal sealed record CsvExport(IReadOnlyList<(string Path, long Rows)> Files, IReadOnlyList<FoundTrial> LeftOut)
{
    /// <summary>The word for this format on the command line.</summary>
    public const string Format = "csv";

    /// <summary>Writes all tables, one trial after the other, so that only one is in memory.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="folder">The folder to write to; made if it is missing.</param>
    public static CsvExport Write(RunFolder run, string folder)
    {
        Directory.CreateDirectory(folder);
        var found = RunContents.Read(run);
        using var tables = new CsvTables(folder, [.. found.SelectMany(trial => trial.Setting.Flat.Keys).Distinct()]);
        var leftOut = new List<FoundTrial>();
        foreach (var (trial, records) in found.Select(trial => LoadedTrial.Read(run, trial)))
        {
            tables.Add(trial);
            if (trial.Status == FoundStatus.Damaged)
                leftOut.Add(trial);
            else if (records is not null)
                tables.Add(records, run.ReadPredictions(trial.Id));
        }
        return new(tables.Finish(), leftOut);
    }
}
