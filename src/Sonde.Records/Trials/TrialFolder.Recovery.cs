using System.Globalization;
using Sonde.Networks;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Training;

namespace Sonde.Records.Trials;

public sealed partial class TrialFolder
{
    /// <summary>Finds where to resume, and restores the pending rows of that point. Damaged files are set aside: the trial then resumes at the
    /// checkpoint before, or starts again.</summary>
    /// <param name="network">The trial's network.</param>
    /// <returns>The newest undamaged checkpoint; null to start at the beginning.</returns>
    /// <exception cref="RecordException">The checkpoint is of another network.</exception>
    public Checkpoint? Resume(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        MustBeUnfinished();
        return Held.Guard(directory, () =>
        {
            var update = FindStart();
            tables.Restore(directory, update is null ? [] : Manifest.Files);
            return update is null ? null : CheckpointFiles.Read(directory, Manifest.Files, update.Value, network);
        });
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
