namespace Sonde.Data.Fetching;

/// <summary>Turns what can go wrong between a program and its disk into errors that name the file and the fix.</summary>
internal static class DataFile
{
    /// <summary>Does something with a file that is there to be read.</summary>
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
