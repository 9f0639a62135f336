using Sonde.Records.Trials;

namespace Sonde.Records.Runs;

/// <summary>What a look at every byte of a run folder found.</summary>
/// <param name="Damage">What is damaged outside the trials.</param>
/// <param name="Trials">The trials that have begun, in alphabetical order.</param>
public sealed record RunCheck(IReadOnlyList<string> Damage, IReadOnlyList<TrialCheck> Trials)
{
    /// <summary>True where every file that counts is as it was written.</summary>
    public bool IsWhole => Damage.Count == 0 && Trials.All(trial => trial.Damage.Count == 0);

    /// <summary>Looks at a run folder, which may be being written; changes nothing.</summary>
    /// <exception cref="IOException">A file is there but cannot be read.</exception>
    public static RunCheck FromFolder(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var study = RecordedStudy.Find(run.Directory, out var damage);
        if (study is null)
            damage ??= $"{Path.Combine(run.Directory, RecordedStudy.FileName)}: expected the study as run, found no file. "
                + "Restore it from a copy, or run the study into another folder with --out.";
        var trials = Path.Combine(run.Directory, TrialFiles.TrialsDirectory);
        return new(
            damage is null ? [] : [damage],
            Directory.Exists(trials) ? [.. Directory.EnumerateDirectories(trials).Order(StringComparer.Ordinal).Select(TrialCheck.FromFolder)] : []);
    }
}
