using System.Globalization;
using System.Text.Json;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Records.Trials;

namespace Sonde.Records.Indexes;

/// <summary>The index <c>DIR/index/trials.parquet</c>: one row per trial, in the order of the study, with all that <c>trial.json</c> says.</summary>
/// <remarks>Each key of a setting is a column of its own. What is the same in most trials (versions, machine, name of the study) is in one column of text,
/// of which equal cells are read once.</remarks>
/// <param name="Study">The digest of the <c>study.yaml</c> that the trials are of.</param>
/// <param name="Planned">How many trials the study has; trials that are not in it follow.</param>
/// <param name="Trials">One row per trial.</param>
internal sealed record TrialIndex(string Study, int Planned, IReadOnlyList<IndexedTrial> Trials)
{
    private const string StudyFact = "study", PlannedFact = "planned";
    private static readonly IReadOnlyDictionary<string, string> NoSetting = new Dictionary<string, string>();

    /// <summary>Reads the index of a run folder. Returns null if there is none that this version can use.</summary>
    public static TrialIndex? Find(string runDirectory) => IndexFile.Find(PathIn(runDirectory), Read);

    /// <summary>Returns the path of the index of a run folder.</summary>
    public static string PathIn(string runDirectory) => IndexFile.PathOf(runDirectory, "trials");

    /// <summary>Writes the index of a run folder. Does nothing if the folder cannot be written.</summary>
    public void Leave(string runDirectory)
    {
        var columns = new ColumnWriter();
        TrialManifest?[] manifests = [.. Trials.Select(trial => trial.Manifest)];
        columns.Text("trial", Trials.Select(trial => trial.Id));
        columns.Int64("bytes", Trials.Select(trial => trial.Stamp.Bytes));
        columns.Int64("ticks", Trials.Select(trial => trial.Stamp.Ticks));
        columns.Text("status", manifests.Select(manifest => manifest?.Status ?? ""));
        columns.Int64("updates", manifests.Select(manifest => manifest?.Updates ?? 0));
        columns.Int64("attempt", manifests.Select(manifest => (long)(manifest?.Attempt ?? 0)));
        columns.Int64("manifestSeed", manifests.Select(manifest => unchecked((long)(manifest?.Seed ?? 0))));
        columns.NullableDouble("trainingSeconds", manifests.Select(manifest => manifest?.Result?.TrainingSeconds));
        columns.NullableDouble("validationError", manifests.Select(manifest => manifest?.Result?.ValidationError));
        columns.NullableDouble("validationCost", manifests.Select(manifest => manifest?.Result?.ValidationCost));
        columns.NullableDouble("testError", manifests.Select(manifest => manifest?.Result?.TestError));
        columns.NullableDouble("testCost", manifests.Select(manifest => manifest?.Result?.TestCost));
        columns.NullableDouble("testRmse", manifests.Select(manifest => manifest?.Result?.TestRmse));
        columns.NullableDouble("testMae", manifests.Select(manifest => manifest?.Result?.TestMae));
        columns.NullableText("message", manifests.Select(manifest => manifest?.Message));
        columns.Text("files", manifests.Select(manifest => string.Join('\n', (manifest?.Files ?? []).Select(ToLine))));
        columns.Text("common", manifests.Select(manifest => manifest is null ? ""
            : JsonSerializer.Serialize(CommonOf(manifest), ManifestJson.Instance.TrialManifest)));
        columns.Text("settingKeys", Trials.Select(trial => string.Join('\n', trial.Setting.Keys)));
        foreach (var key in Trials.SelectMany(trial => trial.Setting.Keys).Distinct().ToList())
            columns.NullableText(SettingColumn(key), Trials.Select(trial => trial.Setting.GetValueOrDefault(key)));
        IndexFile.Leave(PathIn(runDirectory), new Dictionary<string, string>
        {
            [StudyFact] = Study, [PlannedFact] = Planned.ToString(CultureInfo.InvariantCulture),
        }, columns);
    }

    private static TrialIndex Read(IReadOnlyDictionary<string, string> facts, ColumnReader columns)
    {
        var (ids, bytes, ticks, statuses) = (columns.Text("trial"), columns.Int64("bytes"), columns.Int64("ticks"), columns.Text("status"));
        var (updates, attempts, seeds) = (columns.Int64("updates"), columns.Int64("attempt"), columns.Int64("manifestSeed"));
        var (seconds, validationErrors, validationCosts) =
            (columns.NullableDouble("trainingSeconds"), columns.NullableDouble("validationError"), columns.NullableDouble("validationCost"));
        var (testErrors, testCosts, messages) = (columns.NullableDouble("testError"), columns.NullableDouble("testCost"), columns.NullableText("message"));
        var (testRmses, testMaes) = (columns.NullableDouble("testRmse"), columns.NullableDouble("testMae"));
        var (files, keys, common) = (columns.Text("files"), columns.Text("settingKeys"), columns.Text("common"));
        var keysOf = keys.Distinct().ToDictionary(text => text, text => text.Length == 0 ? [] : text.Split('\n'));
        var values = keysOf.Values.SelectMany(list => list).Distinct().ToDictionary(key => key, key => columns.NullableText(SettingColumn(key)));
        var manifests = common.Distinct().ToDictionary(text => text, text => text.Length == 0 ? null
            : JsonSerializer.Deserialize(text, ManifestJson.Instance.TrialManifest));
        var paths = new Dictionary<string, string>();
        return new(facts[StudyFact], int.Parse(facts[PlannedFact], CultureInfo.InvariantCulture),
        [
            .. Enumerable.Range(0, columns.Rows).Select(i =>
            {
                var list = keysOf[keys[i]];
                var setting = new Dictionary<string, string>(list.Length);
                foreach (var key in list)
                    setting[key] = values[key][i] ?? throw new InvalidDataException($"the setting {key} of trial {ids[i]} has an empty cell");
                return new IndexedTrial(ids[i], setting, new(bytes[i], ticks[i]), manifests[common[i]] is not { } manifest ? null : manifest with
                {
                    Id = ids[i], Setting = setting, Seed = unchecked((ulong)seeds[i]), Status = statuses[i], Updates = updates[i],
                    Attempt = (int)attempts[i], Message = messages[i], Files = FromLines(files[i], paths),
                    Result = seconds[i] is { } trained
                        ? new(trained, validationErrors[i]!.Value, validationCosts[i]!.Value, testErrors[i]!.Value, testCosts[i]!.Value)
                        {
                            TestRmse = testRmses[i], TestMae = testMaes[i],
                        }
                        : null,
                });
            }),
        ]);
    }

    // Column names of Parquet files must not collide with those above.
    private static string SettingColumn(string key) => $"setting.{key}";

    /// <summary>Returns a manifest without what has columns of its own.</summary>
    private static TrialManifest CommonOf(TrialManifest manifest) => manifest with
    {
        Id = "",
        Setting = NoSetting,
        Seed = 0,
        Status = "",
        Updates = 0,
        Attempt = 0,
        Result = null,
        Message = null,
        Files = [],
    };

    private static string ToLine(RecordedFile file) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Path} {file.Bytes} {file.Sha256}{(file.Part is null ? "" : $" {file.Part} {file.At}")}");

    private static IReadOnlyList<RecordedFile> FromLines(string lines, Dictionary<string, string> paths) => lines.Length == 0 ? [] :
        [.. lines.Split('\n').Select(line => line.Split(' ') switch
        {
            [var path, var bytes, var digest] => new RecordedFile(Shared(path, paths), long.Parse(bytes, CultureInfo.InvariantCulture), digest),
            [var path, var bytes, var digest, var part, var at] => new(Shared(path, paths), long.Parse(bytes, CultureInfo.InvariantCulture), digest)
            {
                Part = Shared(part, paths), At = long.Parse(at, CultureInfo.InvariantCulture),
            },
            _ => throw new InvalidDataException($"expected a file's path, size and digest, got '{line}'"),
        })];

    private static string Shared(string path, Dictionary<string, string> paths) => paths.TryGetValue(path, out var known) ? known : paths[path] = path;
}
