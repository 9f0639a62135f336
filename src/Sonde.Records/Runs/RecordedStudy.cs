using System.Text;
using Sonde.Records.Files;

namespace Sonde.Records.Runs;

/// <summary>The file <c>study.yaml</c> of a run folder: the study, then a comment line with the SHA-256 of all lines above it.</summary>
internal static class RecordedStudy
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "study.yaml";

    private const string DigestKey = "# sha256 of the lines above: ";
    private const string DamagedSuffix = ".damaged";

    /// <summary>Writes the study, unless there is a file of its name. Makes the run folder if there is none.</summary>
    /// <returns>False if there is a file already, which stays as it is.</returns>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public static bool TryCreate(string runDirectory, string study) =>
        Denying(runDirectory, () => DurableFile.TryCreate(PathOf(runDirectory), ToBytes(study)));

    /// <summary>Writes the study in one step, and replaces one that is there.</summary>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public static void Write(string runDirectory, string study) => Denying(runDirectory, () =>
    {
        DurableFile.Write(PathOf(runDirectory), ToBytes(study));
        return true;
    });

    /// <summary>Reads the study. Returns null if there is none or it is damaged.</summary>
    /// <param name="runDirectory">The run folder.</param>
    /// <param name="damage">What is wrong with it; else null.</param>
    /// <exception cref="IOException">The file exists but cannot be read.</exception>
    public static string? Find(string runDirectory, out string? damage)
    {
        damage = null;
        if (FindContent(runDirectory) is not { } content)
            return null;
        var text = Encoding.UTF8.GetString(content);
        var at = text.LastIndexOf(DigestKey, StringComparison.Ordinal);
        if (at >= 0 && text[at..] == $"{DigestKey}{DurableFile.Digest(content.AsSpan(0, Encoding.UTF8.GetByteCount(text.AsSpan(0, at))))}\n")
            return text[..at];
        damage = $"{PathOf(runDirectory)}: expected the study as Sonde wrote it, with its digest in the last line, found {content.Length} bytes that "
            + "something changed since. Restore the file from a copy. To run a changed study, name another folder with --out.";
        return null;
    }

    /// <summary>Returns true if there is a <c>study.yaml</c> without a digest line: a file that Sonde did not write.</summary>
    /// <exception cref="IOException">The file exists but cannot be read.</exception>
    public static bool IsForeign(string runDirectory) =>
        FindContent(runDirectory) is { } content && !Encoding.UTF8.GetString(content).Contains(DigestKey, StringComparison.Ordinal);

    /// <summary>Writes the study in place of a damaged one, which is kept beside it under a name that no other file has.</summary>
    /// <returns>The path of the damaged file.</returns>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public static string Replace(string runDirectory, string study) => Denying(runDirectory, () =>
    {
        var path = PathOf(runDirectory);
        for (var number = 1; ; number++)
        {
            var aside = path + DamagedSuffix + (number == 1 ? "" : $"-{number}");
            if (File.Exists(aside))
                continue;
            try
            {
                Disk.MoveNewFile(path, aside);
            }
            catch (FileNotFoundException)
            {
                // Another process that runs the same study has just moved it.
            }
            catch (IOException) when (File.Exists(aside))
            {
                continue;
            }
            DurableFile.TryCreate(path, ToBytes(study));
            return aside;
        }
    });

    /// <summary>Removes the half-written files that processes left in a run folder when they were killed.</summary>
    /// <exception cref="RecordException">The disk denies it.</exception>
    public static void RemoveLeftovers(string runDirectory) => Denying(runDirectory, () =>
    {
        DurableFile.RemoveLeftovers(runDirectory);
        return true;
    });

    private static byte[] ToBytes(string study)
    {
        var text = study.EndsWith('\n') ? study : study + "\n";
        return Encoding.UTF8.GetBytes($"{text}{DigestKey}{DurableFile.Digest(Encoding.UTF8.GetBytes(text))}\n");
    }

    private static byte[]? FindContent(string runDirectory)
    {
        try
        {
            return Disk.Read(PathOf(runDirectory));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static T Denying<T>(string runDirectory, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RecordException($"{PathOf(runDirectory)}: Sonde cannot write there: {cause.Message.TrimEnd('.')}. "
                + "Make room or restore the permission, or name another folder with --out.", cause);
        }
    }

    private static string PathOf(string runDirectory) => Path.Combine(runDirectory, FileName);
}
