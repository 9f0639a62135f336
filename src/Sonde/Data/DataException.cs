namespace Sonde.Data;

/// <summary>The error of data that is missing or wrong; the message names the place, what was expected, what was found and the fix.</summary>
public sealed class DataException : Exception
{
    /// <summary>Makes an error without a message.</summary>
    public DataException()
    {
    }

    /// <summary>Makes an error with its three parts in one text.</summary>
    /// <param name="message">Place, expectation, finding and fix.</param>
    public DataException(string message) : base(message)
    {
    }

    /// <summary>Makes an error that another one caused.</summary>
    /// <param name="message">Place, expectation, finding and fix.</param>
    /// <param name="innerException">The cause.</param>
    public DataException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal DataException(string place, string expected, string found, string fix) : base($"{place}: expected {expected}, found {found}. {fix}")
    {
    }
}
