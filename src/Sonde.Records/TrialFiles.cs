namespace Sonde.Records;

/// <summary>Where things stand in a run folder.</summary>
internal static class TrialFiles
{
    public const string Study = "study.yaml";
    public const string TrialsDirectory = "trials";
    public const string CheckpointDirectory = "checkpoint";
    public const string Predictions = "predictions.parquet";
    private const string Manifest = "trial.json";

    /// <summary>The folder of a trial.</summary>
    /// <exception cref="ArgumentException">The id cannot name a folder.</exception>
    public static string DirectoryOf(string runDirectory, string id)
    {
        if (id.Length is 0 or > 200 || id[0] == '.' || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '+' or '='))
            throw new ArgumentException($"Expected a trial id of at most 200 letters, digits and -._+=, not beginning with a dot, got '{id}'. Choose another name for the variant.", nameof(id));
        return Path.Combine(runDirectory, TrialsDirectory, id);
    }

    /// <summary>The path of <c>trial.json</c>.</summary>
    public static string ManifestPath(string trialDirectory) => Path.Combine(trialDirectory, Manifest);

    /// <summary>Reads <c>trial.json</c>.</summary>
    /// <exception cref="RecordException">It is damaged.</exception>
    public static TrialManifest ReadManifest(string trialDirectory)
    {
        var path = ManifestPath(trialDirectory);
        return RecordJson.FromBytes<TrialManifest>(DurableFile.Read(path), path);
    }
}
