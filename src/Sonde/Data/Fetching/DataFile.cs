namespace Sonde.Data.Fetching;

/// <summary>Turns errors of reading and writing files into errors that name the file and the fix.</summary>
internal static class DataFile
{
    /// <summary>Runs a function that reads a file.</summary>
    /// <exception cref="DataException">The file is missing or cannot be read.</exception>
    public static T Read<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: expected a file that can be read, found that it cannot ({error.Message.TrimEnd('.')}). Correct the path or "
                + "its permissions.", error);
        }
    }

    /// <summary>Runs an action that writes a file or makes a folder.</summary>
    /// <exception cref="DataException">It cannot be written.</exception>
    public static void Write(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be written ({error.Message.TrimEnd('.')}). Choose another folder, or correct its permissions.", error);
        }
    }

    /// <summary>Throws if a path names no regular file: reading a pipe or a device could wait for ever.</summary>
    /// <remarks>A pipe, a socket and a device have the length 0, and so has an empty file, which is not opened either.</remarks>
    /// <exception cref="DataException">The file is missing, empty, or no regular file.</exception>
    public static void CheckRegular(string path)
    {
        if (Read(path, () => LengthOf(path)) == 0)
            throw new DataException(path, "a file with content", "an empty file, a pipe or a device", "Use the right file.");
    }

    /// <summary>Returns the length of a file, or of the file that a link points to; 0 for pipes, sockets and devices.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
    }

    /// <summary>Throws if an example is larger than any network's input.</summary>
    /// <param name="path">The file that holds it.</param>
    /// <param name="sizes">The number of examples, then the sizes of one.</param>
    /// <exception cref="DataException">An example has too many values.</exception>
    public static void CheckExampleSize(string path, IReadOnlyList<int> sizes)
    {
        var values = sizes.Skip(1).Aggregate(1m, (product, size) => Math.Min(product * size, long.MaxValue));
        if (values > ImageShape.MostInputs)
            throw new DataException(path, $"examples of at most {ImageShape.MostInputs:N0} values", $"{string.Join('x', sizes.Skip(1))} = {values:N0}",
                "Make them smaller: `sonde data build` resizes images.");
    }

    /// <summary>Throws if this process cannot hold as much memory.</summary>
    /// <param name="path">The file that needs it.</param>
    /// <param name="bytes">What it needs.</param>
    /// <param name="announced">The size in the file's own words.</param>
    /// <exception cref="DataException">It needs more than this machine has.</exception>
    public static void CheckMemory(string path, long bytes, string announced)
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
            throw new DataException(path, $"data that fit into the {available / 1e9:0.0} GB of memory of this machine",
                $"{announced}, which need {bytes / 1e9:0.0} GB", "Use fewer or smaller examples.");
    }
}
