namespace Sonde.Records.Files;

/// <summary>A file of a trial as it was when <c>trial.json</c> was written.</summary>
/// <param name="Path">Relative to the trial's folder, with forward slashes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Lower-case hexadecimal digest.</param>
public sealed record RecordedFile(string Path, long Bytes, string Sha256)
{
    /// <summary>The part of the study that holds the content, relative to the run folder; null if the trial has a file of its own. <see cref="Bytes"/> and
    /// <see cref="Sha256"/> are then those of the trial's bytes in the part.</summary>
    public string? Part { get; init; }

    /// <summary>Where the trial's bytes begin in the part; null if the trial has a file of its own.</summary>
    public long? At { get; init; }
}
