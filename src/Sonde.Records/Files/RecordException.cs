namespace Sonde.Records.Files;

/// <summary>A run folder or a file in it is missing, damaged or not writable. The message says what is wrong, where, and what to do.</summary>
public sealed class RecordException : Exception
{
    /// <summary>An exception without a message.</summary>
    public RecordException()
    {
    }

    /// <summary>An exception with a message.</summary>
    public RecordException(string message) : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    public RecordException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
