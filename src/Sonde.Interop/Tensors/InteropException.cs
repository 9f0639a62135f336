namespace Sonde.Interop.Tensors;

/// <summary>A file of another framework that cannot be read. The message names the file, the tensor or value in it, and the cure.</summary>
internal sealed class InteropException : Exception
{
    /// <summary>Makes an error without a message.</summary>
    public InteropException()
    {
    }

    /// <summary>Makes an error with a message.</summary>
    public InteropException(string message) : base(message)
    {
    }

    /// <summary>Makes an error that another one caused.</summary>
    public InteropException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
