using System.Globalization;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;

namespace Sonde.Records.Trials;

public sealed partial class TrialFolder
{
    /// <summary>Reads <c>trial.json</c>, and finds what is wrong with it or, in a finished trial, with its tables. The tables of an unfinished trial are
    /// checked when it resumes.</summary>
    private static TrialManifest? Examine(string directory, TrialManifest wanted, Func<TrialManifest, bool> isLonger, out string? damage)
    {
        var found = TrialFiles.FindManifest(directory, out damage);
        if (found is null)
        {
            if (damage is null && TrialFiles.HasRecords(directory))
                damage = $"{TrialFiles.ManifestPath(directory)}: expected the list of the files that count, found no file.";
            return null;
        }
        if (!isLonger(found))
            CheckSame(directory, found, wanted);
        if (TrialStatus.IsFinished(found.Status))
            damage = FirstDamage(directory, found.Files.OfTables())?.Damage;
        return found;
    }

    private static (RecordedFile File, string Damage)? FirstDamage(string directory, IEnumerable<RecordedFile> files)
    {
        foreach (var file in files)
            if (DurableFile.FindDamage(directory, file) is { } damage)
                return (file, damage);
        return null;
    }

    /// <summary>Finds the update of the newest checkpoint that is undamaged together with all parts before it.</summary>
    private long? FindStart()
    {
        var damaged = new List<(RecordedFile File, string Damage)>();
        foreach (var update in Manifest.Files.CheckpointUpdates())
        {
            var counted = Manifest.Files.At(update);
            if (FirstDamage(directory, counted) is { } found)
            {
                damaged.Add(found);
                continue;
            }
            if (damaged.Count > 0)
            {
                var aside = Held.SetAside(damaged.Select(d => CountedFiles.UnitOf(d.File)).Distinct());
                WriteManifest(Manifest with { Updates = update, Files = counted });
                Tidy();
                warnings.Add(string.Create(
                    CultureInfo.InvariantCulture, $"returns to its checkpoint at update {update}; the damaged files are kept in {aside}: {Joined(damaged)}"));
            }
            return update;
        }
        if (damaged.Count > 0)
        {
            StartAgain(Joined(damaged));
            WriteManifest(Manifest);
        }
        return null;
    }

    private static string Joined(IEnumerable<(RecordedFile File, string Damage)> damaged) => string.Join(" ", damaged.Select(d => d.Damage).Distinct());

    private void StartAgain(string damage)
    {
        var aside = Held.SetAside([.. TrialFiles.Tables, CheckpointFiles.Folder, TrialFiles.Predictions, TrialFiles.Manifest]);
        Manifest = Manifest with { Updates = begin, Files = [] };
        warnings.Add($"starts again from the beginning; its files are kept in {aside}: {damage}");
    }
}
