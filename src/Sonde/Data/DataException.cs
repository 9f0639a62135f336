namespace Sonde.Data;

/// <summary>Data that is missing or not what it should be; the message names the place, what was found, what was expected and the fix.</summary>
public sealed class DataException : Exception
{
    /// <summary>An error without a message.</summary>
    public DataException()
    {
    }

    /// <summary>An error with its three parts in one text.</summary>
    /// <param name="message">What was expected, what was found and what to do.</param>
    public DataException(string message) : base(message)
    {
    }

    /// <summary>An error that another one caused.</summary>
    /// <param name="message">What was expected, what was found and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public DataException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal DataException(string place, string expected, string found, string fix) : base($"{place}: expected {expected}, found {found}. {fix}")
    {
    }
}
