using Sonde.Records.Trials;

namespace Sonde.Records.Runs;

/// <summary>The result of reading every byte of a run folder.</summary>
/// <param name="Damage">What is damaged outside the trials.</param>
/// <param name="Trials">The trials that have begun, in alphabetical order.</param>
public sealed record RunCheck(IReadOnlyList<string> Damage, IReadOnlyList<TrialCheck> Trials)
{
    /// <summary>True if every file that counts is as it was written.</summary>
    public bool IsWhole => Damage.Count == 0 && Trials.All(trial => trial.Damage.Count == 0);

    /// <summary>Reads every byte of a run folder, which other processes may be writing; changes nothing.</summary>
    /// <exception cref="IOException">A file exists but cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RunCheck FromFolder(RunFolder run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var study = RecordedStudy.Find(run.Directory, out var damage);
        if (study is null)
            damage ??= $"{Path.Combine(run.Directory, RecordedStudy.FileName)}: expected the study as run, found no file. "
                + "Restore it from a copy, or run the same study into this folder again, which writes it.";
        var trials = Path.Combine(run.Directory, TrialFiles.TrialsDirectory);
        return new([.. damage is null ? [] : (string[])[damage], .. InTheWay(trials)], Directory.Exists(trials) ? CheckTrials(trials, cancellation) : []);
    }

    /// <summary>Files that have the name of a folder: the trials, or one of them.</summary>
    private static IEnumerable<string> InTheWay(string trials) =>
        (File.Exists(trials) ? [trials] : Directory.Exists(trials) ? Directory.EnumerateFiles(trials).Where(IsNamedLikeATrial) : (string[])[])
        .Order(StringComparer.Ordinal).Select(file => $"{file}: expected a folder, found a file. Move it away, and restore the folder from a copy.");

    private static bool IsNamedLikeATrial(string file) => TrialFiles.IsId(Path.GetFileName(file));

    private static TrialCheck[] CheckTrials(string trials, CancellationToken cancellation)
    {
        string[] folders = [.. Directory.EnumerateDirectories(trials).Where(TrialFiles.IsTrial).Order(StringComparer.Ordinal)];
        var checks = new TrialCheck[folders.Length];
        try
        {
            Parallel.For(0, folders.Length, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
                k => checks[k] = TrialCheck.FromFolder(folders[k]));
        }
        catch (AggregateException several) when (several.InnerExceptions is [IOException first, ..])
        {
            throw new IOException(first.Message, first);
        }
        return checks;
    }
}
