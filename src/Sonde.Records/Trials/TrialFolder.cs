using System.Globalization;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Tables;
using Sonde.Training;

namespace Sonde.Records.Trials;

/// <summary>Writes one trial: <c>DIR/trials/ID/</c>. One process at a time, which holds its lease; readers may read all the while.</summary>
/// <remarks>Rows wait in memory for the next scheduled checkpoint, which alone cuts tables into parts: so a resumed trial writes the same bytes
/// as one that was never stopped. What counts is what <c>trial.json</c> lists: everything is written first, then <c>trial.json</c> is replaced, then what it
/// no longer lists goes. Closing without <see cref="Finish"/> leaves the folder as a killed process would, but gives the lease back.</remarks>
public sealed partial class TrialFolder : IDisposable
{
    private const int KeptCheckpoints = 2;

    private readonly string directory;
    private readonly Lease? lease;
    private readonly long begin;
    private readonly TableParts<CurvePoint> curve = new(CurveTable.Instance);
    private readonly TableParts<LayerStatistics> layers = new(LayersTable.Instance);
    private readonly TableParts<LayerHistogram> histograms = new(HistogramsTable.Instance);
    private readonly TableParts<LayerSpectrum> spectra = new(SpectraTable.Instance);
    private readonly TableParts<LayerImage> images = new(ImagesTable.Instance);
    private readonly IReadOnlyList<TableParts> tables;
    private readonly List<string> warnings = [];

    private TrialFolder(string directory, TrialManifest manifest, Lease? lease, long begin)
    {
        (this.directory, Manifest, this.lease, this.begin) = (directory, manifest, lease, begin);
        tables = [curve, layers, histograms, spectra, images];
    }

    /// <summary>What <c>trial.json</c> says now.</summary>
    public TrialManifest Manifest { get; private set; }

    /// <summary>True where the trial is done or diverged: nothing is left to do, and nothing more can be written.</summary>
    public bool IsFinished => TrialStatus.IsFinished(Manifest.Status);

    /// <summary>What was found damaged and set aside, in sentences.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Cancelled once another process is known to have taken over the trial.</summary>
    public CancellationToken Lost => lease?.Lost ?? CancellationToken.None;

    private Lease Held => lease ?? throw Finished();

    /// <summary>Opens a trial, making its folder where there is none; unless it is finished, <c>trial.json</c> says <c>running</c> from now on.</summary>
    /// <param name="runDirectory">The run folder.</param>
    /// <param name="manifest">The trial as it is where nothing has been trained: status, updates, attempt, result, message and files are taken from the folder
    /// where there is one.</param>
    /// <param name="leases">Takes the right to write it.</param>
    /// <returns>Null where another process writes the trial.</returns>
    /// <exception cref="RecordException">The folder holds another setting under this id, or the disk is full or cannot be read or written.</exception>
    public static TrialFolder? Open(string runDirectory, TrialManifest manifest, LeaseTaker leases)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(leases);
        var directory = TrialFiles.DirectoryOf(runDirectory, manifest.Id);
        try
        {
            return OpenIn(directory, manifest, leases);
        }
        catch (LeaseLostException)
        {
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Lease.Denied(directory, cause);
        }
    }

    /// <summary>Adds a point of an error curve.</summary>
    public void Add(CurvePoint point) => curve.Add(point);

    /// <summary>Adds statistics of a layer.</summary>
    public void Add(LayerStatistics statistics) => layers.Add(statistics);

    /// <summary>Adds a histogram of a layer, whose counts must not change afterwards.</summary>
    public void Add(LayerHistogram histogram) => histograms.Add(histogram);

    /// <summary>Adds a spectrum of a layer, whose values must not change afterwards.</summary>
    public void Add(LayerSpectrum spectrum) => spectra.Add(spectrum);

    /// <summary>Adds a picture, whose values must not change afterwards.</summary>
    public void Add(LayerImage image) => images.Add(image);

    /// <summary>Finds where to go on, and puts the pending rows back to that point. What is damaged is set aside: the trial goes on from the
    /// checkpoint before, or starts again.</summary>
    /// <param name="network">The trial's network.</param>
    /// <returns>The newest whole checkpoint; null to start at the beginning.</returns>
    /// <exception cref="RecordException">The checkpoint is of another network.</exception>
    public Checkpoint? Resume(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        MustBeUnfinished();
        return Held.Guard(directory, () =>
        {
            var update = FindStart();
            foreach (var table in tables)
            {
                var file = update is null ? null : Manifest.Files.Pending(table.PendingFile);
                table.LoadPending(file is null ? null : DurableFile.ReadExactly(directory, file), Path.Combine(directory, file?.Path ?? ""));
            }
            return update is null ? null : CheckpointFiles.Read(directory, Manifest.Files, update.Value, network);
        });
    }

    /// <summary>Saves at an update of the study's schedule: pending rows become parts, then the checkpoint appears.</summary>
    /// <exception cref="LeaseLostException">Another process has taken over.</exception>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public void SaveScheduled(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        MustBeUnfinished();
        var parts = tables.Where(table => table.HasPending).Select(table => Held.Publish(table.PartNameOf(checkpoint.Update), table.TakePart())).ToList();
        Save(checkpoint, parts, []);
    }

    /// <summary>Saves at any update, on a signal: the checkpoint holds the pending rows, and no part is cut.</summary>
    /// <inheritdoc cref="SaveScheduled"/>
    public void SaveEarly(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        MustBeUnfinished();
        // Nothing is recorded between a checkpoint and the next update: one at this very update says it all.
        if (!Manifest.Files.CheckpointUpdates().Contains(checkpoint.Update))
            Save(checkpoint, [], tables.Where(table => table.HasPending).Select(PendingFile));
    }

    /// <summary>Says in <c>trial.json</c> how the trial ended. Done and diverged trials are compacted: one file for each table, one checkpoint;
    /// interrupted and failed ones stay as they are, to go on later.</summary>
    /// <param name="status">A word of <see cref="TrialStatus"/>.</param>
    /// <param name="updates">Updates done.</param>
    /// <param name="result">The last errors and costs.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="predictions">What the network says of each test example at the end.</param>
    /// <exception cref="LeaseLostException">Another process has taken over.</exception>
    /// <exception cref="RecordException">The disk is full or cannot be written, or a part is damaged.</exception>
    public void Finish(string status, long updates, TrialResult? result = null, string? message = null, IReadOnlyList<Prediction>? predictions = null)
    {
        MustBeUnfinished();
        var files = Manifest.Files;
        if (TrialStatus.IsFinished(status))
            files = Held.Guard(directory, () => PublishWhole(predictions));
        else
            // What a save left undone makes room for these words on a full disk.
            Tidy();
        WriteManifest(Manifest with { Status = status, Updates = updates, Result = result, Message = message, Files = files });
        Tidy();
    }

    /// <summary>Lets another process write this trial.</summary>
    public void Dispose() => lease?.Dispose();

    /// <summary>True for a finished trial in which no process that was stopped left anything to be tidied.</summary>
    internal static bool IsAtRest(string directory, TrialManifest manifest) =>
        TrialStatus.IsFinished(manifest.Status) && Lease.In(directory).Count == 0 && !LeftOverFiles.In(directory, manifest.Files).Any();

    private static TrialFolder? OpenIn(string directory, TrialManifest manifest, LeaseTaker leases)
    {
        if (Examine(directory, manifest, out var before) is { } finished && before is null && IsAtRest(directory, finished))
            return new(directory, finished, lease: null, manifest.Updates);
        if (leases.TryTake(directory, () => TrialFiles.FindManifest(directory, out _)?.Attempt ?? 0) is not { } lease)
            return null;
        try
        {
            var found = Examine(directory, manifest, out var damage);
            var folder = new TrialFolder(directory, found ?? manifest, lease, manifest.Updates);
            if (damage is not null)
                folder.StartAgain(damage);
            if (damage is not null || !folder.IsFinished)
                folder.WriteManifest(manifest with
                {
                    Status = TrialStatus.Running,
                    Updates = folder.Manifest.Updates,
                    Attempt = lease.Attempt,
                    Result = null,
                    Message = null,
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

    private static void CheckSame(string directory, TrialManifest found, TrialManifest wanted)
    {
        static string Text(TrialManifest manifest) => string.Create(CultureInfo.InvariantCulture, $"seed {manifest.Seed}");
        var differs = found.Setting.Keys.Union(wanted.Setting.Keys)
            .Select(key => (key, was: found.Setting.GetValueOrDefault(key, "nothing"), now: wanted.Setting.GetValueOrDefault(key, "nothing")))
            .Where(d => d.was != d.now).Select(d => $"{d.key} {d.now} where it has {d.was}").ToList();
        if (found.Seed != wanted.Seed)
            differs.Add($"{Text(wanted)} where it has {Text(found)}");
        if (differs.Count > 0)
            throw new RecordException($"{directory}: expected the same setting as it was begun with, got {string.Join(", ", differs)}. Run the changed study "
                + "into another folder with --out, or delete this one.");
    }

    private void Save(Checkpoint checkpoint, IReadOnlyList<RecordedFile> parts, IEnumerable<(string Name, FileContent Content)> pending)
    {
        var files = Held.PublishFolder(CheckpointFiles.NameOf(checkpoint.Update), CheckpointFiles.ToFiles(checkpoint).Concat(pending));
        var (before, updates) = (Manifest.Files, Manifest.Files.CheckpointUpdates());
        WriteManifest(Manifest with
        {
            Updates = checkpoint.Update,
            Files = [.. before.OfTables(), .. parts, .. updates.Take(KeptCheckpoints - 1).SelectMany(before.OfCheckpoint), .. files],
        });
        foreach (var update in updates.Skip(KeptCheckpoints - 1))
            Held.Remove(CheckpointFiles.NameOf(update));
    }

    private static (string Name, FileContent Content) PendingFile(TableParts table) => (table.PendingFile, take => take(table.PendingBytes()));

    private IReadOnlyList<RecordedFile> PublishWhole(IReadOnlyList<Prediction>? predictions) =>
        [.. tables.Where(IsWanted).Select(PublishWhole), .. Predictions(predictions), .. LastCheckpoint()];

    // Few trials record spectra or pictures, and what reads all files of a table need not meet an empty one in each of the others.
    private bool IsWanted(TableParts table) => table != spectra && table != images || table.HasPending || Manifest.Files.OfTable(table.Name).Any();

    private RecordedFile PublishWhole(TableParts table) => Held.Publish(
        table.WholeName,
        table.WholeBytes(Manifest.Files.OfTable(table.Name).Select(file => (DurableFile.ReadExactly(directory, file), Path.Combine(directory, file.Path)))));

    private IEnumerable<RecordedFile> Predictions(IReadOnlyList<Prediction>? predictions) =>
        predictions is null ? [] : [Held.Publish(TrialFiles.Predictions, PredictionsTable.Instance.ToBytes(predictions))];

    /// <summary>The newest checkpoint without the rows it kept, which stand in the whole tables now.</summary>
    private IEnumerable<RecordedFile> LastCheckpoint() => Manifest.Files.CheckpointUpdates() is not [var newest, ..] ? [] :
        Manifest.Files.OfCheckpoint(newest).Where(file => !tables.Any(table => file.Path.EndsWith($"/{table.PendingFile}", StringComparison.Ordinal)));

    private void WriteManifest(TrialManifest manifest)
    {
        Held.Publish(TrialFiles.Manifest, RecordJson.ToBytes(manifest, ManifestJson.Instance.TrialManifest));
        Manifest = manifest;
    }

    /// <summary>Removes what <c>trial.json</c> does not list: left by a killed process, or compacted. Files that Sonde never writes stay.</summary>
    private void Tidy()
    {
        foreach (var name in LeftOverFiles.In(directory, Manifest.Files).ToList())
            Held.Remove(name);
    }

    private void MustBeUnfinished()
    {
        if (IsFinished)
            throw Finished();
    }

    private InvalidOperationException Finished() => new($"Expected an unfinished trial, got one that is {Manifest.Status}. Check IsFinished before training.");
}
