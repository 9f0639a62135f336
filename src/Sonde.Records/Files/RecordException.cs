namespace Sonde.Records.Files;

/// <summary>A run folder or a file in it is not what it should be. The message says what was expected, what was found, and what to do.</summary>
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

    /// <summary>An exception with a message and what led to it.</summary>
    public RecordException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
