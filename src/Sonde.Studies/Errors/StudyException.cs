namespace Sonde.Studies.Errors;

/// <summary>A study that cannot be run as written. The message names the file, line, column and field, what was expected and what was found.</summary>
public sealed class StudyException : Exception
{
    /// <summary>An error with its text.</summary>
    /// <param name="message">What was expected, what was found, what to do.</param>
    public StudyException(string message) : base(message)
    {
    }

    /// <summary>An error that another one caused.</summary>
    /// <param name="message">What was expected, what was found, what to do.</param>
    /// <param name="inner">The cause.</param>
    public StudyException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <summary>An error without a text of its own.</summary>
    public StudyException()
    {
    }
}
