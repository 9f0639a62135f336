using System.Text;
using Sonde.Records.Files;

namespace Sonde.Records.Runs;

/// <summary>The file <c>study.yaml</c> of a run folder: the study, then a comment line with the SHA-256 of all that stands above it.</summary>
internal static class RecordedStudy
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "study.yaml";

    private const string DigestKey = "# sha256 of the lines above: ";
    private const string DamagedSuffix = ".damaged";

    /// <summary>Writes the study. Several processes may do so at once: with the same study, all succeed.</summary>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public static void Write(string runDirectory, string study)
    {
        var text = study.EndsWith('\n') ? study : study + "\n";
        try
        {
            DurableFile.Write(PathOf(runDirectory), Encoding.UTF8.GetBytes($"{text}{DigestKey}{DurableFile.Digest(Encoding.UTF8.GetBytes(text))}\n"));
        }
        catch (FileNotFoundException) when (Find(runDirectory, out _) == text)
        {
            // Another process wrote the same and was the one to rename it.
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RecordException($"{PathOf(runDirectory)}: expected to be able to write there, but: {cause.Message}. "
                + "Make room or give the permission back, or name another place with --out.", cause);
        }
    }

    /// <summary>The study; null where there is none or it is damaged.</summary>
    /// <param name="runDirectory">The run folder.</param>
    /// <param name="damage">What is wrong with it; else null.</param>
    /// <exception cref="IOException">It is there but cannot be read.</exception>
    public static string? Find(string runDirectory, out string? damage)
    {
        damage = null;
        byte[] content;
        try
        {
            content = Disk.Read(PathOf(runDirectory));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        var text = Encoding.UTF8.GetString(content);
        var at = text.LastIndexOf(DigestKey, StringComparison.Ordinal);
        if (at >= 0 && text[at..] == $"{DigestKey}{DurableFile.Digest(content.AsSpan(0, Encoding.UTF8.GetByteCount(text.AsSpan(0, at))))}\n")
            return text[..at];
        damage = $"{PathOf(runDirectory)}: expected the study as Sonde wrote it, with its digest in the last line, "
            + $"found {content.Length} bytes that were changed since. Restore the file from a copy; to run a changed study, name another place with --out.";
        return null;
    }

    /// <summary>Writes the study in the place of a damaged one, whose content stays beside it.</summary>
    /// <returns>The path of what was damaged.</returns>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public static string Replace(string runDirectory, string study)
    {
        var aside = PathOf(runDirectory) + DamagedSuffix;
        DurableFile.Write(aside, Disk.Read(PathOf(runDirectory)));
        Write(runDirectory, study);
        return aside;
    }

    private static string PathOf(string runDirectory) => Path.Combine(runDirectory, FileName);
}
