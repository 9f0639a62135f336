using System.Globalization;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Records;

/// <summary>Writes one trial: <c>DIR/trials/ID/</c>. One process at a time; readers may read all the while.</summary>
/// <remarks>Rows wait in memory for the next scheduled checkpoint, which alone cuts tables into parts: so a resumed trial writes the same bytes
/// as one that was never stopped. Closing without <see cref="Finish"/> leaves the folder as a killed process would.
/// While it is open, <c>trial.lock</c> keeps other writers out.</remarks>
public sealed class TrialFolder : IDisposable
{
    private const string LockFile = "trial.lock";

    private readonly string directory;
    private readonly FileStream guard;
    private readonly TableParts<CurvePoint> curve;
    private readonly TableParts<LayerStatistics> layers;
    private readonly TableParts<LayerHistogram> histograms;
    private readonly IReadOnlyList<TableParts> tables;
    private readonly List<string> warnings = [];

    private TrialFolder(string directory, FileStream guard, TrialManifest manifest)
    {
        (this.directory, this.guard, Manifest) = (directory, guard, manifest);
        (curve, layers, histograms) = (new(directory, CurveTable.Instance), new(directory, LayersTable.Instance), new(directory, HistogramsTable.Instance));
        tables = [curve, layers, histograms];
        Checkpoints = new(Path.Combine(directory, TrialFiles.CheckpointDirectory));
    }

    /// <summary>What <c>trial.json</c> says now.</summary>
    public TrialManifest Manifest { get; private set; }

    /// <summary>True where the trial is done or diverged: nothing is left to do, and nothing more can be written.</summary>
    public bool IsFinished => TrialStatus.IsFinished(Manifest.Status);

    /// <summary>What was found damaged and passed over, in sentences.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>The checkpoints.</summary>
    public CheckpointFolder Checkpoints { get; }

    /// <summary>Opens a trial, making its folder where there is none; unless it is finished, <c>trial.json</c> says <c>running</c> from now on.</summary>
    /// <param name="runDirectory">The run folder.</param>
    /// <param name="manifest">The trial; status, updates, result, message and files are taken from the folder.</param>
    /// <exception cref="RecordException">The folder holds another setting under this id, is damaged, or another process is writing it.</exception>
    public static TrialFolder Open(string runDirectory, TrialManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var directory = TrialFiles.DirectoryOf(runDirectory, manifest.Id);
        Directory.CreateDirectory(directory);
        var guard = Lock(directory);
        try
        {
            var found = File.Exists(TrialFiles.ManifestPath(directory)) ? TrialFiles.ReadManifest(directory) : null;
            if (found is not null)
                CheckSame(directory, found, manifest);
            var now = found is not null && TrialStatus.IsFinished(found.Status)
                ? found
                : manifest with { Status = TrialStatus.Running, Updates = found?.Updates ?? 0, Result = null, Message = null, Files = [] };
            var folder = new TrialFolder(directory, guard, now);
            if (folder.IsFinished)
                folder.RemoveWhatIsCompacted();
            else
                folder.WriteManifest(now);
            return folder;
        }
        catch
        {
            guard.Dispose();
            throw;
        }
    }

    /// <summary>Adds a point of an error curve.</summary>
    public void Add(CurvePoint point) => curve.Add(point);

    /// <summary>Adds statistics of a layer.</summary>
    public void Add(LayerStatistics statistics) => layers.Add(statistics);

    /// <summary>Adds a histogram of a layer, whose counts must not change afterwards.</summary>
    public void Add(LayerHistogram histogram) => histograms.Add(histogram);

    /// <summary>Finds where to go on, and puts the folder and the pending rows back to that point. Call it once, before anything is added.</summary>
    /// <param name="network">The trial's network.</param>
    /// <returns>The newest whole checkpoint; null to start at update 0.</returns>
    /// <exception cref="RecordException">There are checkpoints, but none can be used.</exception>
    public Checkpoint? Resume(Network network)
    {
        MustBeUnfinished();
        var found = Checkpoints.Latest(network);
        warnings.AddRange(found?.Warnings ?? []);
        var update = found?.Checkpoint.Update ?? -1;
        Checkpoints.RemoveAfter(update);
        // Parts after the checkpoint come again, with the same bytes, when training reaches their end once more.
        foreach (var table in tables)
        {
            table.RemoveAfter(update);
            table.LoadPending(null, "");
        }
        if (found is not null)
            LoadPending(update);
        return found?.Checkpoint;
    }

    /// <summary>Saves at an update of the study's schedule: pending rows become parts, then the checkpoint appears.</summary>
    public void SaveScheduled(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        MustBeUnfinished();
        foreach (var table in tables)
            table.WritePart(checkpoint.Update);
        Checkpoints.Write(checkpoint);
        WriteManifest(Manifest with { Updates = checkpoint.Update });
    }

    /// <summary>Saves at any update, on a signal: the checkpoint holds the pending rows, and no part is cut.</summary>
    public void SaveEarly(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        MustBeUnfinished();
        var pending = tables.Where(table => table.HasPending).ToDictionary(table => table.PendingFile, table => table.PendingBytes());
        // Where nothing was added since a checkpoint at this very update, that one says it all.
        if (pending.Count > 0 || !Checkpoints.Updates.Contains(checkpoint.Update))
            Checkpoints.Write(checkpoint, pending);
        WriteManifest(Manifest with { Updates = checkpoint.Update });
    }

    /// <summary>Says in <c>trial.json</c> how the trial ended. Done and diverged trials are compacted: one file for each table, one checkpoint;
    /// interrupted and failed ones stay as they are, to go on later.</summary>
    /// <param name="status">A word of <see cref="TrialStatus"/>.</param>
    /// <param name="updates">Updates done.</param>
    /// <param name="result">The last errors and costs.</param>
    /// <param name="message">What went wrong.</param>
    /// <param name="predictions">What the network says of each test example at the end.</param>
    public void Finish(string status, long updates, TrialResult? result = null, string? message = null, IReadOnlyList<Prediction>? predictions = null)
    {
        MustBeUnfinished();
        var files = new List<RecordedFile>();
        if (TrialStatus.IsFinished(status))
        {
            files.AddRange(tables.Select(table => table.WriteWhole()));
            if (predictions is not null)
                files.Add(WritePredictions(predictions));
        }
        WriteManifest(Manifest with { Status = status, Updates = updates, Result = result, Message = message, Files = files });
        if (IsFinished)
            RemoveWhatIsCompacted();
    }

    /// <summary>Lets another process write this trial.</summary>
    public void Dispose() => guard.Dispose();

    private static FileStream Lock(string directory)
    {
        try
        {
            return new(Path.Combine(directory, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException cause) when (cause is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw new RecordException($"{directory}: expected to be the only writer, found that another process writes this trial ({cause.Message}). "
                + "Wait until it has ended, or run into another folder with --out.", cause);
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
            throw new RecordException($"{directory}: expected the same setting as it was begun with, got {string.Join(", ", differs)}. Run the changed study into another folder with --out, or delete this one.");
    }

    private void LoadPending(long update)
    {
        var state = Checkpoints.ReadState(update);
        foreach (var table in tables.Where(table => state.Files.Any(file => file.Path == table.PendingFile)))
            table.LoadPending(Checkpoints.ReadFile(state, update, table.PendingFile), Path.Combine(Checkpoints.PathOf(update), table.PendingFile));
    }

    private RecordedFile WritePredictions(IReadOnlyList<Prediction> predictions)
    {
        var content = PredictionsTable.Instance.ToBytes(predictions);
        DurableFile.Write(Path.Combine(directory, TrialFiles.Predictions), content);
        return DurableFile.Describe(TrialFiles.Predictions, content);
    }

    private void WriteManifest(TrialManifest manifest)
    {
        DurableFile.Write(TrialFiles.ManifestPath(directory), RecordJson.ToBytes(manifest));
        Manifest = manifest;
    }

    private void RemoveWhatIsCompacted()
    {
        foreach (var table in tables)
            table.RemoveParts();
        Checkpoints.Keep(1);
        Checkpoints.RemoveAfter(long.MaxValue);
        // The pending rows of a last early checkpoint stand in the whole tables now.
        foreach (var update in Checkpoints.Updates)
            foreach (var table in tables)
                File.Delete(Path.Combine(Checkpoints.PathOf(update), table.PendingFile));
    }

    private void MustBeUnfinished()
    {
        if (IsFinished)
            throw new InvalidOperationException($"Expected an unfinished trial, got one that is {Manifest.Status}. Check IsFinished before training.");
    }
}
