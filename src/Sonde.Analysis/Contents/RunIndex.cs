using System.Collections.Concurrent;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Analysis.Contents;

/// <summary>Every trial of a run folder, begun or not, in the order of its study: one row per trial, read again only if size or time of its
/// <c>trial.json</c> differ. The folder may be in any state, and another process may write to it.</summary>
/// <remarks>The index lives in memory and can be dropped at any time: the folder is the truth.</remarks>
internal sealed class RunIndex
{
    private readonly RunFolder run;
    private readonly Func<string, string?> findRefusal;
    private readonly ConcurrentDictionary<string, Row> rows = new();
    private readonly Lock refreshing = new();
    private (Stamp Stamp, IReadOnlyList<Trial> Trials) planned = (default, []);
    private (Stamp Study, long Folders, bool IsWhole) listed;
    private IReadOnlyList<string> listedIds = [];

    /// <summary>Begins an empty index.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="findRefusal">Returns why a file must not be read, given its path; null to read it.</param>
    public RunIndex(RunFolder run, Func<string, string?>? findRefusal = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        (this.run, this.findRefusal) = (run, findRefusal ?? (_ => null));
    }

    /// <summary>The trials as of the last refresh.</summary>
    public IReadOnlyList<FoundTrial> Trials { get; private set; } = [];

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
            if (!endedToo && listed.IsWhole && Listing() is var now && now.Study == listed.Study && now.Folders == listed.Folders)
                return RefreshOpen();
            // Taken before the folders are listed, so that one that appears meanwhile is listed the next time.
            listed = Listing();
            var study = Planned();
            var settings = new Dictionary<string, IReadOnlyDictionary<string, string>>(study.Count);
            foreach (var trial in study)
                settings[trial.Id] = trial.Setting.Flat;
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
            return [.. ids.Where(changed.ContainsKey)];
        }
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

    private (Stamp Study, long Folders, bool IsWhole) Listing() =>
        (Stamp.Of(Path.Combine(run.Directory, RunFolder.StudyFileName)), Directory.GetLastWriteTimeUtc(TrialsFolder).Ticks, false);

    private int FolderCount() => Directory.Exists(TrialsFolder) ? Directory.EnumerateDirectories(TrialsFolder).Count() : 0;

    private string TrialsFolder => Path.Combine(run.Directory, RunFolder.TrialsFolderName);

    // Row equality compares references of what did not change: an unchanged trial.json gives the same row back.
    private Row Read(string id, bool hasBegun, IReadOnlyDictionary<string, string>? setting)
    {
        var known = rows.GetValueOrDefault(id);
        if (!hasBegun)
            return known is { IsBegun: false } ? known : new(default, false, new(id, TrialSetting.Read(setting ?? Empty), FoundStatus.Waiting, null, null));
        var path = Path.Combine(TrialsFolder, id, RunFolder.ManifestFileName);
        var stamp = Stamp.Of(path);
        if (known is { IsBegun: true } && known.Stamp == stamp)
            return known.Trial.Manifest?.Status == TrialStatus.Running && Found(known.Trial.Manifest) is var now && now.Status != known.Trial.Status
                ? known with { Trial = now } : known;
        if (findRefusal(path) is { } refusal)
            return new(stamp, true, new(id, TrialSetting.Read(setting ?? Empty), FoundStatus.Damaged, null, refusal));
        try
        {
            return new(stamp, true, Found(run.ReadManifest(id)));
        }
        catch (Exception damage) when (damage is RecordException or IOException or UnauthorizedAccessException)
        {
            return new(stamp, true, new(id, TrialSetting.Read(setting ?? Empty), FoundStatus.Damaged, null, damage.Message));
        }
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
    private IReadOnlyList<Trial> Planned()
    {
        var path = Path.Combine(run.Directory, RunFolder.StudyFileName);
        var stamp = Stamp.Of(path);
        if (stamp == planned.Stamp)
            return planned.Trials;
        try
        {
            planned = (stamp, findRefusal(path) is null && run.ReadStudy() is { } text ? StudyFile.Parse(text, RunFolder.StudyFileName).Trials : []);
        }
        catch (Exception broken) when (broken is StudyException or RecordException or IOException or UnauthorizedAccessException)
        {
            planned = (stamp, []);
        }
        return planned.Trials;
    }

    private static readonly Dictionary<string, string> Empty = [];

    private sealed record Row(Stamp Stamp, bool IsBegun, FoundTrial Trial);

    /// <summary>What tells a file from the one that replaces it, without reading either.</summary>
    private readonly record struct Stamp(long Bytes, long Ticks)
    {
        public static Stamp Of(string path) => new FileInfo(path) is { Exists: true } file ? new(file.Length, file.LastWriteTimeUtc.Ticks) : default;
    }
}
