using Sonde.Analysis.Contents;
using Sonde.Records.Files;
using Sonde.Records.Runs;

namespace Sonde.Cli.Export;

/// <summary>The tables of a run folder, written for other programs.</summary>
/// <param name="Files">Each file with its number of rows.</param>
/// <param name="LeftOut">Trials that are left out because their tables are damaged.</param>
internal sealed record RunExport(IReadOnlyList<(string Path, long Rows)> Files, IReadOnlyList<FoundTrial> LeftOut)
{
    /// <summary>Writes all tables, one trial after the other, so that only one is in memory.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="folder">The folder to write to; made if it is missing.</param>
    /// <param name="format">A word of <see cref="ExportFormats"/>.</param>
    /// <param name="cancellation">Stops between two trials, and removes what is unfinished.</param>
    public static RunExport Write(RunFolder run, string folder, string format, CancellationToken cancellation)
    {
        DurableFile.PrepareFolder(folder);
        var found = RunContents.Read(run);
        using var tables = ExportFormats.Open(format, folder, [.. found.SelectMany(trial => trial.Setting.Flat.Keys).Distinct()]);
        var leftOut = new List<FoundTrial>();
        foreach (var trial in found)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var records = trial.Manifest is null ? null : run.ReadTrial(trial.Id);
                var answers = records is null ? [] : run.ReadPredictions(trial.Id);
                tables.Add(trial);
                if (records is not null)
                    tables.Add(records, answers);
                else if (trial.Status == FoundStatus.Damaged)
                    leftOut.Add(trial);
            }
            catch (RecordException damage)
            {
                var damaged = trial with { Status = FoundStatus.Damaged, Message = damage.Message };
                tables.Add(damaged);
                leftOut.Add(damaged);
            }
        }
        return new(tables.Finish(), leftOut);
    }
}
