namespace Sonde.Data.Fetching;

/// <summary>Turns errors of reading files into errors that name the file and the fix.</summary>
internal static class DataFile
{
    /// <summary>Runs a function that reads a file.</summary>
    /// <exception cref="DataException">It is missing or cannot be read.</exception>
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
}
