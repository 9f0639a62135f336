namespace Sonde.Records.Leases;

/// <summary>Another process has taken over what this one was writing, because this one gave no sign of life for too long. Nothing that it wrote since
/// counts.</summary>
public sealed class ClaimLostException : Exception
{
    /// <summary>An exception without a message.</summary>
    public ClaimLostException()
    {
    }

    /// <summary>An exception with a message.</summary>
    public ClaimLostException(string message) : base(message)
    {
    }

    /// <summary>An exception with a message and what led to it.</summary>
    public ClaimLostException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
