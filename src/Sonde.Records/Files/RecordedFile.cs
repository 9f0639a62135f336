namespace Sonde.Records.Files;

/// <summary>A file of a trial as it was when <c>trial.json</c> was written.</summary>
/// <param name="Path">Relative to the trial's folder, with forward slashes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Lower-case hexadecimal digest.</param>
public sealed record RecordedFile(string Path, long Bytes, string Sha256);
