namespace Sonde.Records.Leases;

/// <summary>Another process has taken over a folder that this one was writing, because this one gave no sign of life for too long. Files that this
/// process has not put in their place before are lost.</summary>
public sealed class LeaseLostException : Exception
{
    /// <summary>An exception without a message.</summary>
    public LeaseLostException()
    {
    }

    /// <summary>An exception with a message.</summary>
    public LeaseLostException(string message) : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    public LeaseLostException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
