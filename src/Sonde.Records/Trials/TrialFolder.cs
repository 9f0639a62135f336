using System.Globalization;
using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Tables;
using Sonde.Training;

namespace Sonde.Records.Trials;

/// <summary>Writes one trial: <c>DIR/trials/ID/</c>. One process at a time does, the one that holds its lease; others may read at the same time.</summary>
/// <remarks>Rows wait in memory for the next scheduled checkpoint. Only scheduled checkpoints cut tables into parts, so a resumed trial writes the same
/// bytes as one that was never stopped. The files that count are those that <c>trial.json</c> lists: Sonde writes them first, then replaces
/// <c>trial.json</c>, then removes files that it no longer lists. Closing without <see cref="Finish"/> leaves the folder as a killed process would, but
/// gives the lease back.</remarks>
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
    private readonly TableParts<Finding> findings = new(FindingsTable.Instance);
    private readonly IReadOnlyList<TableParts> tables;
    private readonly List<string> warnings = [];
    private readonly Dictionary<string, CurvePoint> lastPoints = [];

    private TrialFolder(string directory, TrialManifest manifest, Lease? lease, long begin)
    {
        (this.directory, Manifest, this.lease, this.begin) = (directory, manifest, lease, begin);
        tables = [curve, layers, histograms, spectra, images, findings];
    }

    /// <summary>The content of <c>trial.json</c> now.</summary>
    public TrialManifest Manifest { get; private set; }

    /// <summary>True if the trial is done or diverged: no work is left, and nothing more can be written.</summary>
    public bool IsFinished => TrialStatus.IsFinished(Manifest.Status);

    /// <summary>Sentences about files that were damaged and are set aside.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Cancelled as soon as this process knows that another one has taken over the trial.</summary>
    public CancellationToken Lost => lease?.Lost ?? CancellationToken.None;

    private Lease Held => lease ?? throw Finished();

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

    /// <summary>Adds a point of an error curve.</summary>
    public void Add(CurvePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        curve.Add(point);
        lastPoints[point.Split] = point;
    }

    /// <summary>Returns the last point of an error curve, also one from before the trial was resumed; null if there is none.</summary>
    /// <param name="split">Such as <c>test</c>.</param>
    public CurvePoint? FindLastPoint(string split) => lastPoints.GetValueOrDefault(split);

    /// <summary>Adds statistics of a layer.</summary>
    public void Add(LayerStatistics statistics) => layers.Add(statistics);

    /// <summary>Adds a histogram of a layer, whose counts must not change afterwards.</summary>
    public void Add(LayerHistogram histogram) => histograms.Add(histogram);

    /// <summary>Adds a spectrum of a layer, whose values must not change afterwards.</summary>
    public void Add(LayerSpectrum spectrum) => spectra.Add(spectrum);

    /// <summary>Adds a picture, whose values must not change afterwards.</summary>
    public void Add(LayerImage image) => images.Add(image);

    /// <summary>Adds a finding as it was said, or withdrawn, at its last update.</summary>
    public void Add(Finding finding) => findings.Add(finding);

    /// <summary>Returns the curve, the statistics of layers and the findings that are recorded so far, those not yet in a part among them.</summary>
    public RecordedTrial ReadSoFar() => new(Manifest, SoFar(CurveTable.Instance, curve), SoFar(LayersTable.Instance, layers), [])
    {
        Findings = SoFar(FindingsTable.Instance, findings),
    };

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
            foreach (var table in tables)
            {
                var file = update is null ? null : Manifest.Files.FindPending(table.PendingFile);
                table.LoadPending(file is null ? null : DurableFile.ReadExactly(directory, file), Path.Combine(directory, file?.Path ?? ""));
            }
            RestoreLastPoints();
            return update is null ? null : CheckpointFiles.Read(directory, Manifest.Files, update.Value, network);
        });
    }

    /// <summary>Saves at an update of the study's schedule: pending rows become parts, then the checkpoint appears.</summary>
    /// <exception cref="LeaseLostException">Another process has taken over.</exception>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public void SaveScheduled(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        MustBeUnfinished();
        var parts = tables.Where(table => table.HasPending).Select(table => Held.Publish(table.PartNameOf(checkpoint.Update), table.TakePart())).ToList();
        Save(checkpoint, parts, []);
    }

    /// <summary>Saves at any update, after a signal: the checkpoint holds the pending rows, and no table is cut.</summary>
    /// <inheritdoc cref="SaveScheduled"/>
    public void SaveEarly(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        MustBeUnfinished();
        // Nothing is recorded between a checkpoint and the next update, so one at this update holds everything.
        if (!Manifest.Files.CheckpointUpdates().Contains(checkpoint.Update))
            Save(checkpoint, [], tables.Where(table => table.HasPending).Select(PendingFile));
    }

    /// <summary>Writes to <c>trial.json</c> how the trial ended. The parts of a done or diverged trial become one file per table, and one checkpoint
    /// stays; an interrupted or failed trial keeps its parts and checkpoints, to resume later.</summary>
    /// <param name="status">A word of <see cref="TrialStatus"/>.</param>
    /// <param name="updates">Updates done.</param>
    /// <param name="result">The last errors and costs.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="predictions">The network's prediction for each test example at the end.</param>
    /// <param name="divergence">Where numbers stopped being finite.</param>
    /// <exception cref="LeaseLostException">Another process has taken over.</exception>
    /// <exception cref="RecordException">The disk is full or denies the write, or a part is damaged.</exception>
    public void Finish(
        string status, long updates, TrialResult? result = null, string? message = null, IReadOnlyList<Prediction>? predictions = null,
        Divergence? divergence = null) => End(status, updates, null, result, message, predictions, divergence);

    /// <summary>Writes to <c>trial.json</c> that a trial is done before its last update, and why. Its parts become one file per table, as in
    /// <see cref="Finish"/>.</summary>
    /// <inheritdoc cref="Finish"/>
    internal void Stop(long updates, TrialStop stop, TrialResult result, IReadOnlyList<Prediction>? predictions) =>
        End(TrialStatus.Done, updates, stop, result, stop.Sentence, predictions, null);

    private void End(
        string status, long updates, TrialStop? stop, TrialResult? result, string? message, IReadOnlyList<Prediction>? predictions, Divergence? divergence)
    {
        MustBeUnfinished();
        var files = Manifest.Files;
        if (TrialStatus.IsFinished(status))
            files = Held.Guard(directory, () => PublishWhole(predictions));
        else
            // On a full disk, removing leftovers makes room for the message.
            Tidy();
        WriteManifest(Manifest with
        {
            Status = status,
            Updates = updates,
            Result = result,
            Message = message,
            Divergence = divergence,
            Stop = stop,
            Files = files,
        });
        Tidy();
    }

    /// <summary>Writes to <c>trial.json</c> that the trial waits at a rung. Its parts and checkpoints stay, to resume later.</summary>
    /// <param name="updates">Updates done.</param>
    /// <param name="rungs">What it was worth at this rung and those before.</param>
    /// <param name="message">What it waits for.</param>
    /// <inheritdoc cref="SaveScheduled"/>
    internal void Pause(long updates, IReadOnlyList<TrialRung> rungs, string message)
    {
        MustBeUnfinished();
        WriteManifest(Manifest with { Status = TrialStatus.Paused, Updates = updates, Rungs = rungs, Message = message });
        Tidy();
    }

    /// <summary>Replaces what the trial was worth at rungs, to be written with the next change of <c>trial.json</c>.</summary>
    internal void Note(IReadOnlyList<TrialRung> rungs)
    {
        if (!IsFinished)
            WriteManifest(Manifest with { Rungs = rungs });
    }

    /// <summary>Lets another process write this trial.</summary>
    public void Dispose() => lease?.Dispose();

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
        RecordedFile ToPart(TableParts table, RecordedFile file) =>
            Held.Publish(table.PartNameOf(Manifest.Updates), table.ReadWhole(directory, file));
        // Copies under other names: the whole tables count until trial.json lists the parts.
        var parts = tables.SelectMany(table => Manifest.Files.OfTable(table.Name).Select(file => ToPart(table, file))).ToList();
        Manifest = Manifest with
        {
            Status = TrialStatus.Running,
            Stop = null,
            Files = [.. parts, .. Manifest.Files.CheckpointUpdates().SelectMany(Manifest.Files.OfCheckpoint)],
        };
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

    private static (string Name, FileContent Content) PendingFile(TableParts table) => (table.PendingFile, next => next(table.PendingBytes()));

    private IReadOnlyList<RecordedFile> PublishWhole(IReadOnlyList<Prediction>? predictions) =>
        [.. tables.Where(IsWanted).Select(PublishWhole), .. Predictions(predictions), .. LastCheckpoint()];

    // Few trials record spectra or pictures. Programs that read a table of all trials need not find empty files in the others.
    private bool IsWanted(TableParts table) => table != spectra && table != images && table != findings || table.HasPending
        || Manifest.Files.OfTable(table.Name).Any();

    private RecordedFile PublishWhole(TableParts table) => Held.Publish(
        table.WholeName,
        table.WholeContent(Manifest.Files.OfTable(table.Name).Select(file => (DurableFile.ReadExactly(directory, file), Path.Combine(directory, file.Path)))));

    private IEnumerable<RecordedFile> Predictions(IReadOnlyList<Prediction>? predictions) =>
        predictions is null ? [] : [Held.Publish(TrialFiles.Predictions, PredictionsTable.Instance.ToBytes(predictions))];

    /// <summary>Returns the newest checkpoint without its pending rows, which are in the whole tables now.</summary>
    private IEnumerable<RecordedFile> LastCheckpoint() => Manifest.Files.CheckpointUpdates() is not [var newest, ..] ? [] :
        Manifest.Files.OfCheckpoint(newest).Where(file => !tables.Any(table => file.Path.EndsWith($"/{table.PendingFile}", StringComparison.Ordinal)));

    private void WriteManifest(TrialManifest manifest)
    {
        Held.Publish(TrialFiles.Manifest, RecordJson.ToBytes(manifest, ManifestJson.Instance.TrialManifest));
        Manifest = manifest;
    }

    /// <summary>Removes files that <c>trial.json</c> does not list: a killed process left them, or Sonde replaced them. Files that Sonde never writes
    /// stay.</summary>
    private void Tidy()
    {
        foreach (var name in LeftOverFiles.In(directory, Manifest.Files).ToList())
            Held.Remove(name);
    }

    /// <summary>Reads the last points that the newest checkpoint already counts, which this process has not added itself.</summary>
    private void RestoreLastPoints()
    {
        lastPoints.Clear();
        var newest = Manifest.Files.OfTable(CurveTable.Instance.Name).LastOrDefault();
        var parts = newest is null ? [] : CurveTable.Instance.ReadRows(directory, newest);
        foreach (var point in parts.Concat(curve.Pending))
            lastPoints[point.Split] = point;
    }

    private List<TRow> SoFar<TRow>(Table<TRow> table, TableParts<TRow> parts) =>
    [
        .. Manifest.Files.OfTable(table.Name).SelectMany(file => table.ReadRows(directory, file)),
        .. parts.Pending,
    ];

    private void MustBeUnfinished()
    {
        if (IsFinished)
            throw Finished();
    }

    private InvalidOperationException Finished() => new($"Expected an unfinished trial, got one that is {Manifest.Status}. Check IsFinished before training.");
}
