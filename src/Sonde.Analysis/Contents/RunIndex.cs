using System.Collections.Concurrent;
using System.Text;
using Sonde.Records.Files;
using Sonde.Records.Indexes;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Analysis.Contents;

/// <summary>Every trial of a run folder, begun or not, in the order of its study: one row per trial, read again only if size or time of its
/// <c>trial.json</c> differ. The folder may be in any state, and another process may write to it.</summary>
/// <remarks>The index lives in memory and can be dropped at any time: the folder is the truth. In a folder with many trials Sonde leaves what it read
/// in <c>DIR/index/</c> for the next process, which believes a row of it only if size and time of <c>trial.json</c> are still the same.</remarks>
internal sealed partial class RunIndex
{
    /// <summary>Fewer trials are read about as fast without a file.</summary>
    public const int FewestIndexed = 500;

    // Sonde writes the file again when it lacks more than one trial in this number.
    private const int MissingShare = 50;

    private readonly RunFolder run;
    private readonly int fewestIndexed;
    private readonly TimeProvider time;
    private readonly Func<string, string?> findRefusal;
    private readonly ConcurrentDictionary<string, Row> rows = new();
    private readonly ConcurrentDictionary<string, IndexedTrial> unread = new();
    private readonly Lock refreshing = new();
    private (FileStamp Stamp, string Digest, IReadOnlyList<(string Id, IReadOnlyDictionary<string, string> Setting)> Trials) planned = (default, "", []);
    private TrialIndex? left;
    private int newlyRead;
    private bool isBegun;
    private (FileStamp Study, long Folders, bool IsWhole) listed;
    private List<string> listedIds = [];

    /// <summary>Begins an empty index.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="findRefusal">Returns why a file must not be read or written, given its path; null if it may be.</param>
    /// <param name="fewestIndexed">With how many trials an index is left in the folder.</param>
    /// <param name="time">Tells files that were just written from older ones; null for the system's clock.</param>
    public RunIndex(RunFolder run, Func<string, string?>? findRefusal = null, int fewestIndexed = FewestIndexed, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        (this.run, this.findRefusal, this.fewestIndexed, this.time) = (run, findRefusal ?? (_ => null), fewestIndexed, time ?? TimeProvider.System);
    }

    /// <summary>The trials as of the last refresh.</summary>
    public IReadOnlyList<FoundTrial> Trials { get; private set; } = [];

    /// <summary>When a <c>trial.json</c> was last written as of the last refresh, in ticks of UTC; 0 if there is none.</summary>
    public long LastWritten => rows.Values.Select(row => row.Stamp.Ticks).DefaultIfEmpty().Max();

    /// <summary>How many trials there are, as far as is known while the first refresh reads them.</summary>
    public int Listed => listedIds.Count;

    /// <summary>The trials that were read so far, in the study's order: those of <see cref="Trials"/> unless the first refresh is still reading.</summary>
    public IReadOnlyList<FoundTrial> TrialsSoFar =>
        Trials.Count > 0 ? Trials : [.. listedIds.Select(id => rows.GetValueOrDefault(id)?.Trial).OfType<FoundTrial>()];

    /// <summary>Reads what has changed.</summary>
    /// <param name="endedToo">False to believe that trials that have ended stay as they are, which is right but for those that somebody makes longer.</param>
    /// <returns>The ids of new and changed trials, in the order of <see cref="Trials"/>.</returns>
    public IReadOnlyList<string> Refresh(bool endedToo = true)
    {
        lock (refreshing)
        {
            if (!isBegun)
                Begin();
            if (!endedToo && listed.IsWhole && Listing() is var now && now.Study == listed.Study && now.Folders == listed.Folders)
                return RefreshOpen();
            // Taken before the folders are listed, so that one that appears meanwhile is listed the next time.
            listed = Listing();
            var study = Planned();
            var settings = new Dictionary<string, IReadOnlyDictionary<string, string>>(study.Count);
            foreach (var trial in study)
                settings[trial.Id] = trial.Setting;
            var begun = Begun();
            List<string> ids = [.. study.Select(trial => trial.Id), .. begun.Where(id => !settings.ContainsKey(id)).Order(StringComparer.Ordinal)];
            listedIds = ids;
            var changed = new ConcurrentDictionary<string, bool>();
            foreach (var gone in rows.Keys.Except(ids).ToList())
                rows.TryRemove(gone, out _);
            Parallel.For(0, ids.Count, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, k =>
            {
                var id = ids[k];
                if (!endedToo && rows.TryGetValue(id, out var ended) && ended.Trial.HasEnded)
                    return;
                var row = Read(id, begun.Contains(id), settings.GetValueOrDefault(id));
                if (!rows.TryGetValue(id, out var before) || before != row)
                    (rows[id], changed[id]) = (row, true);
            });
            Trials = [.. ids.Select(id => rows[id].Trial)];
            // A folder without trial.json gets one later, which does not change the time of the folder above it.
            listed.IsWhole = FolderCount() == begun.Count;
            newlyRead += changed.Keys.Count(id => rows[id] is { IsBegun: true, IsOfFile: false });
            if (begun.Count >= fewestIndexed && planned.Digest.Length > 0
                && (left?.Study != planned.Digest || newlyRead > begun.Count / MissingShare))
                Leave(ids);
            return [.. ids.Where(changed.ContainsKey)];
        }
    }

    /// <summary>Begins with what another process left in the folder's index file.</summary>
    private void Begin()
    {
        isBegun = true;
        if (findRefusal(TrialIndex.PathIn(run.Directory)) is not null || TrialIndex.Find(run.Directory) is not { } found)
            return;
        left = found;
        // The rows stay unread until a look at trial.json finds its stamp: see Read.
        foreach (var trial in found.Trials.Where(trial => trial.Manifest is not null))
            unread[trial.Id] = trial;
    }

    /// <summary>Leaves what was read to the next process.</summary>
    private void Leave(IReadOnlyList<string> ids)
    {
        newlyRead = 0;
        if (findRefusal(TrialIndex.PathIn(run.Directory)) is not null)
            return;
        left = new(planned.Digest, planned.Trials.Count,
        [
            .. ids.Select(id => rows[id]).Select(row => row is { IsSettled: true, Trial.Manifest: { } manifest }
                ? new IndexedTrial(row.Trial.Id, manifest.Setting, row.Stamp, manifest)
                : new IndexedTrial(row.Trial.Id, row.Trial.Setting.Flat, default, null)),
        ]);
        left.Leave(run.Directory);
    }

    // A watched folder is asked several times a second: as long as no trial is new, only those that train can change.
    private List<string> RefreshOpen()
    {
        var changed = new List<string>();
        foreach (var (id, before) in rows.Where(row => row.Value is { IsBegun: true, Trial.HasEnded: false }))
            if (Read(id, hasBegun: true, before.Trial.Setting.Flat) is var row && row != before)
            {
                rows[id] = row;
                changed.Add(id);
            }
        if (changed.Count > 0)
            Trials = [.. Trials.Select(trial => rows[trial.Id].Trial)];
        return changed;
    }

    private (FileStamp Study, long Folders, bool IsWhole) Listing() =>
        (FileStamp.Of(Path.Combine(run.Directory, RunFolder.StudyFileName)), Directory.GetLastWriteTimeUtc(TrialsFolder).Ticks, false);

    private int FolderCount() => Directory.Exists(TrialsFolder) ? Directory.EnumerateDirectories(TrialsFolder).Count() : 0;

    private string TrialsFolder => Path.Combine(run.Directory, RunFolder.TrialsFolderName);

    // Row equality compares references of what did not change: an unchanged trial.json gives the same row back.
    private Row Read(string id, bool hasBegun, IReadOnlyDictionary<string, string>? setting)
    {
        var known = rows.GetValueOrDefault(id);
        if (!hasBegun)
            return known is { IsBegun: false } ? known : Unread(default, false, setting, FoundStatus.Waiting, null);
        var path = Path.Combine(TrialsFolder, id, RunFolder.ManifestFileName);
        var stamp = FileStamp.Of(path);
        if (known is { IsBegun: true } && known.Stamp == stamp)
            return known.Trial.Manifest?.Status == TrialStatus.Running && Found(known.Trial.Manifest) is var now && now.Status != known.Trial.Status
                ? known with { Trial = now } : known;
        if (findRefusal(path) is { } refusal)
            return Unread(stamp, true, setting, FoundStatus.Damaged, refusal);
        if (known is null && unread.TryRemove(id, out var indexed) && indexed.Stamp == stamp)
            return new(stamp, true, Found(indexed.Manifest!)) { IsOfFile = true, IsSettled = true };
        try
        {
            return new(stamp, true, Found(run.ReadManifest(id))) { IsSettled = stamp.IsSettledAt(time.GetUtcNow()) };
        }
        catch (Exception damage) when (damage is RecordException or IOException or UnauthorizedAccessException)
        {
            return Unread(stamp, true, setting, FoundStatus.Damaged, damage.Message);
        }

        Row Unread(FileStamp stamp, bool isBegun, IReadOnlyDictionary<string, string>? setting, string status, string? message) =>
            new(stamp, isBegun, new(id, TrialSetting.Read(setting ?? Empty), status, null, message));
    }

    private FoundTrial Found(TrialManifest manifest)
    {
        var status = manifest.Status == TrialStatus.Running && !run.HasWriter(manifest.Id) ? FoundStatus.Stopped : manifest.Status;
        return new(manifest.Id, TrialSetting.Read(manifest.Setting), status, manifest, manifest.Message)
        {
            Writer = status == TrialStatus.Running ? run.FindWriter(manifest.Id) : null,
        };
    }

    private HashSet<string> Begun() =>
        findRefusal(TrialsFolder) is null ? [.. run.Trials] : [];

    /// <summary>The trials that <c>study.yaml</c> means; none if it is missing or cannot be read.</summary>
    private IReadOnlyList<(string Id, IReadOnlyDictionary<string, string> Setting)> Planned()
    {
        var path = Path.Combine(run.Directory, RunFolder.StudyFileName);
        var stamp = FileStamp.Of(path);
        if (stamp == planned.Stamp)
            return planned.Trials;
        try
        {
            var text = findRefusal(path) is null ? run.ReadStudy() : null;
            var digest = text is null ? "" : DurableFile.Digest(Encoding.UTF8.GetBytes(text));
            // To list ten thousand trials takes longer than to read them from the index.
            planned = (stamp, digest, text is null ? [] : left?.Study == digest ? [.. left.Trials.Take(left.Planned).Select(trial => (trial.Id, trial.Setting))]
                : [.. StudyFile.Parse(text, RunFolder.StudyFileName).Trials.Select(trial => (trial.Id, trial.Setting.Flat))]);
        }
        catch (Exception broken) when (broken is StudyException or RecordException or IOException or UnauthorizedAccessException)
        {
            planned = (stamp, "", []);
        }
        return planned.Trials;
    }

    private static readonly Dictionary<string, string> Empty = [];

    private sealed record Row(FileStamp Stamp, bool IsBegun, FoundTrial Trial)
    {
        /// <summary>True if <c>trial.json</c> was old enough when it was read that its stamp means this content for ever.</summary>
        public bool IsSettled { get; init; }

        /// <summary>True if the row is that of the index file.</summary>
        public bool IsOfFile { get; init; }
    }
}
