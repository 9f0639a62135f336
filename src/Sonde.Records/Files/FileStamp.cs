namespace Sonde.Records.Files;

/// <summary>What tells a file from the one that replaces it, without reading either: size and time.</summary>
/// <param name="Bytes">Size; 0 if there is no file.</param>
/// <param name="Ticks">When it was last written, as ticks of UTC; 0 if there is no file.</param>
internal readonly record struct FileStamp(long Bytes, long Ticks)
{
    // Two versions of a file may share a time within the step of the file system's clock.
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(2);

    /// <summary>Returns the stamp of a file as it is now.</summary>
    public static FileStamp Of(string path) => new FileInfo(path) is { Exists: true } file ? new(file.Length, file.LastWriteTimeUtc.Ticks) : default;

    /// <summary>True if the file was old enough at a moment that no later version of it can have this stamp.</summary>
    internal bool IsSettledAt(DateTimeOffset moment) => Ticks < moment.UtcTicks - ClockStep.Ticks;
}
