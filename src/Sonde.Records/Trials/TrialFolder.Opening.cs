using System.Globalization;
using Sonde.Records.Files;
using Sonde.Records.Leases;

namespace Sonde.Records.Trials;

public sealed partial class TrialFolder
{
    /// <summary>Opens a trial, and makes its folder if there is none. Unless the trial is finished, <c>trial.json</c> says <c>running</c> from now
    /// on.</summary>
    /// <param name="runDirectory">The run folder, which must exist.</param>
    /// <param name="manifest">The trial before its first update. If it has begun, its status, updates, attempt, result, message and files come from its
    /// folder.</param>
    /// <param name="leases">Takes the right to write it.</param>
    /// <param name="isLonger">Says whether <paramref name="manifest"/> is the recorded trial with more updates, which then continues even if it is done;
    /// null if trials never become longer.</param>
    /// <returns>Null if another process writes the trial.</returns>
    /// <exception cref="RecordException">The folder holds another setting under this id, or the disk is full or denies a step, or the run folder is
    /// gone.</exception>
    public static TrialFolder? Open(string runDirectory, TrialManifest manifest, LeaseTaker leases, Func<TrialManifest, bool>? isLonger = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(leases);
        var directory = TrialFiles.DirectoryOf(runDirectory, manifest.Id);
        try
        {
            Disk.CreateFolder(Path.GetDirectoryName(directory)!);
            return OpenIn(directory, manifest, leases, isLonger ?? (_ => false));
        }
        catch (LeaseLostException)
        {
            return null;
        }
        catch (DirectoryNotFoundException gone) when (!Directory.Exists(runDirectory))
        {
            throw GoneRun(runDirectory, gone);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Lease.Denied(directory, cause);
        }
    }

    /// <summary>Builds the error for a run folder that disappeared during training.</summary>
    internal static RecordException GoneRun(string runDirectory, Exception? cause) => new(
        $"{runDirectory}: the run folder is gone; somebody renamed or deleted it. Put it back, then run the same command again: "
        + "it resumes at the last checkpoint.", cause);

    /// <summary>Returns true for a finished trial without leftovers of processes that were stopped.</summary>
    internal static bool IsAtRest(string directory, TrialManifest manifest) =>
        TrialStatus.IsFinished(manifest.Status) && Lease.In(directory).Count == 0 && !LeftOverFiles.In(directory, manifest.Files).Any();

    private static TrialFolder? OpenIn(string directory, TrialManifest manifest, LeaseTaker leases, Func<TrialManifest, bool> isLonger)
    {
        if (Examine(directory, manifest, isLonger, out var before) is { } finished && before is null && IsAtRest(directory, finished)
            && (finished.Status == TrialStatus.Diverged || !isLonger(finished)))
            return new(directory, finished, lease: null, manifest.Updates);
        if (leases.TakeIfFree(directory, () => TrialFiles.FindManifest(directory, out _)?.Attempt ?? 0) is not { } lease)
            return null;
        try
        {
            var found = Examine(directory, manifest, isLonger, out var damage);
            var folder = new TrialFolder(directory, found ?? manifest, lease, manifest.Updates);
            if (damage is not null)
                folder.StartAgain(damage);
            else if (found is { Status: TrialStatus.Done } && isLonger(found))
                folder.Reopen();
            if (damage is not null || !folder.IsFinished)
                folder.WriteManifest(manifest with
                {
                    Status = TrialStatus.Running,
                    Updates = folder.Manifest.Updates,
                    Attempt = lease.Attempt,
                    Result = null,
                    Message = null,
                    Divergence = null,
                    Rungs = folder.Manifest.Rungs,
                    Files = folder.Manifest.Files,
                });
            folder.Tidy();
            return folder;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

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

    private static void CheckSame(string directory, TrialManifest found, TrialManifest wanted)
    {
        static string Text(TrialManifest manifest) => string.Create(CultureInfo.InvariantCulture, $"seed {manifest.Seed}");
        var differs = found.Setting.Keys.Union(wanted.Setting.Keys)
            .Select(key => (key, was: found.Setting.GetValueOrDefault(key, "nothing"), now: wanted.Setting.GetValueOrDefault(key, "nothing")))
            .Where(d => d.was != d.now).Select(d => $"{d.key} {d.now} instead of {d.was}").ToList();
        if (found.Seed != wanted.Seed)
            differs.Add($"{Text(wanted)} instead of {Text(found)}");
        if (differs.Count > 0)
            throw new RecordException($"{directory}: expected the setting that this trial began with, got {string.Join(", ", differs)}. Run the changed study "
                + "into another folder with --out, or delete this one.");
    }

    /// <summary>Turns the whole tables of a done trial back into parts, so that it can continue.</summary>
    private void Reopen()
    {
        // Copies under other names: the whole tables count until trial.json lists the parts.
        var parts = tables.WholeAsParts(directory, Manifest).Select(part => Held.Publish(part.Name, part.Content)).ToList();
        Manifest = Manifest with
        {
            Status = TrialStatus.Running,
            Stop = null,
            Files = [.. parts, .. Manifest.Files.CheckpointUpdates().SelectMany(Manifest.Files.OfCheckpoint)],
        };
    }
}
