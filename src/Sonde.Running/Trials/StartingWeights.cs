using System.Collections.Concurrent;
using System.Security.Cryptography;
using Sonde.Networks;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Trials;

/// <summary>The files of weights that trials start from.</summary>
/// <param name="read">Reads one for a network; null if this program reads none.</param>
internal sealed class StartingWeights(Func<string, Network, Parameters>? read)
{
    /// <summary>The key in the versions of <c>trial.json</c> for the digest of the file.</summary>
    public const string Version = "weights";

    private readonly ConcurrentDictionary<string, string> digests = new();

    /// <summary>Returns the parameters that a trial starts from; null if its initializers say them.</summary>
    /// <exception cref="StudyException">The file is missing, or this program reads none.</exception>
    public Parameters? Read(TrialSetting setting, Network network) => setting.Weights is not { } path ? null
        : read is null ? throw new StudyException($"network.weights: this program reads no files of weights, and the study names {path}. "
            + "Give RunOptions a ReadWeights, or leave the setting out.")
        : !File.Exists(path) ? throw new StudyException($"network.weights: there is no file {path}. Correct the path, or leave the setting out.")
        : read(path, network);

    /// <summary>Reads every file that trials start from, so that one that is missing or does not fit is refused before anything is trained.</summary>
    /// <param name="settings">Those of the trials.</param>
    /// <param name="networkOf">Returns the network of a trial.</param>
    /// <exception cref="StudyException">A file is missing, or this program reads none.</exception>
    public void Check(IEnumerable<TrialSetting> settings, Func<TrialSetting, Network> networkOf)
    {
        // What a file must fit, and no more: a study of many rates and seeds reads it once.
        foreach (var setting in settings.Where(setting => setting.Weights is not null).DistinctBy(setting => (setting.Data, setting.Cost,
            string.Join(' ', setting.Flat.Where(field => field.Key.StartsWith("network.", StringComparison.Ordinal))))))
            Read(setting, networkOf(setting));
    }

    /// <summary>Returns the SHA-256 of a trial's file; null if it has none.</summary>
    public string? FindDigest(TrialSetting setting) => setting.Weights is { } path ? digests.GetOrAdd(path, DigestOf) : null;

    /// <summary>Refuses a trial that began with another file: it could neither be continued nor compared with trials of this one.</summary>
    /// <exception cref="StudyException">It did.</exception>
    public void Check(TrialManifest begun, TrialSetting setting)
    {
        if (begun.Versions.GetValueOrDefault(Version) is { } before && FindDigest(setting) is { } now && before != now)
            throw new StudyException($"network.weights: expected the file that {begun.Id} began with, SHA-256 {before}, and {setting.Weights} is another, "
                + $"SHA-256 {now}. Restore the file, or run into another folder with --out.");
    }

    private static string DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
