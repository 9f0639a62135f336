using Sonde.Diagnosis;
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
    private readonly TrialTables tables = new();
    private readonly List<string> warnings = [];

    private TrialFolder(string directory, TrialManifest manifest, Lease? lease, long begin) =>
        (this.directory, Manifest, this.lease, this.begin) = (directory, manifest, lease, begin);

    /// <summary>The content of <c>trial.json</c> now.</summary>
    public TrialManifest Manifest { get; private set; }

    /// <summary>True if the trial is done or diverged: no work is left, and nothing more can be written.</summary>
    public bool IsFinished => TrialStatus.IsFinished(Manifest.Status);

    /// <summary>Sentences about files that were damaged and are set aside.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Cancelled as soon as this process knows that another one has taken over the trial.</summary>
    public CancellationToken Lost => lease?.Lost ?? CancellationToken.None;

    private Lease Held => lease ?? throw Finished();

    /// <summary>Adds a point of an error curve.</summary>
    public void Add(CurvePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        tables.Add(point);
    }

    /// <summary>Returns the last point of an error curve, also one from before the trial was resumed; null if there is none.</summary>
    /// <param name="split">Such as <c>test</c>.</param>
    public CurvePoint? FindLastPoint(string split) => tables.FindLastPoint(split);

    /// <summary>Adds statistics of a layer.</summary>
    public void Add(LayerStatistics statistics) => tables.Layers.Add(statistics);

    /// <summary>Adds a histogram of a layer, whose counts must not change afterwards.</summary>
    public void Add(LayerHistogram histogram) => tables.Histograms.Add(histogram);

    /// <summary>Adds a spectrum of a layer, whose values must not change afterwards.</summary>
    public void Add(LayerSpectrum spectrum) => tables.Spectra.Add(spectrum);

    /// <summary>Adds a picture, whose values must not change afterwards.</summary>
    public void Add(LayerImage image) => tables.Images.Add(image);

    /// <summary>Adds a finding as it was said, or withdrawn, at its last update.</summary>
    public void Add(Finding finding) => tables.Findings.Add(finding);

    /// <summary>Returns the curve, the statistics of layers and the findings that are recorded so far, those not yet in a part among them.</summary>
    public RecordedTrial ReadSoFar() => tables.Read(directory, Manifest);

    /// <summary>Saves at an update of the study's schedule: pending rows become parts, then the checkpoint appears.</summary>
    /// <exception cref="LeaseLostException">Another process has taken over.</exception>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public void SaveScheduled(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        MustBeUnfinished();
        Save(checkpoint, [.. tables.TakeParts(checkpoint.Update).Select(part => Held.Publish(part.Name, part.Content))], []);
    }

    /// <summary>Saves at any update, after a signal: the checkpoint holds the pending rows, and no table is cut.</summary>
    /// <inheritdoc cref="SaveScheduled"/>
    public void SaveEarly(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        MustBeUnfinished();
        // Nothing is recorded between a checkpoint and the next update, so one at this update holds everything.
        if (!Manifest.Files.CheckpointUpdates().Contains(checkpoint.Update))
            Save(checkpoint, [], tables.PendingFiles());
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

    private IReadOnlyList<RecordedFile> PublishWhole(IReadOnlyList<Prediction>? predictions)
    {
        var files = tables.Whole(directory, Manifest.Files).Select(table => Held.Publish(table.Name, table.Content)).ToList();
        if (predictions is not null)
            files.Add(Held.Publish(TrialFiles.Predictions, PredictionsTable.Instance.ToBytes(predictions)));
        // The pending rows of the newest checkpoint are in the whole tables now.
        return [.. files, .. Manifest.Files.CheckpointUpdates().Take(1).SelectMany(Manifest.Files.OfCheckpoint).Where(file => !tables.IsPending(file))];
    }

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

    private void MustBeUnfinished()
    {
        if (IsFinished)
            throw Finished();
    }

    private InvalidOperationException Finished() => new($"Expected an unfinished trial, got one that is {Manifest.Status}. Check IsFinished before training.");
}
