namespace Sonde.Records.Leases;

/// <summary>Another process has taken over what this one was writing, because this one gave no sign of life for too long. Nothing that it wrote since
/// counts.</summary>
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

    /// <summary>An exception with a message and what led to it.</summary>
    public LeaseLostException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
