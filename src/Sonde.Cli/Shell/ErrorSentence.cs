using Sonde.Records.Files;

namespace Sonde.Cli.Shell;

/// <summary>What a person reads instead of an exception's type.</summary>
internal static class ErrorSentence
{
    /// <summary>Returns a sentence that says what happened and what to do next.</summary>
    public static string Of(Exception error) => error switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Of(first),
        UnauthorizedAccessException => $"{Sentence(error)} Change its permissions, or give another path.",
        FileNotFoundException or DirectoryNotFoundException => $"{Sentence(error)} Check the path.",
        PathTooLongException => $"{Sentence(error)} Give a shorter path.",
        IOException when DurableFile.FindBlocking(error) is { } cure => $"{Sentence(error)} {cure}, then run the same command again.",
        IOException => $"{Sentence(error)} When that is mended, run the same command again.",
        OutOfMemoryException or InsufficientMemoryException =>
            "There is not enough memory. Use a smaller network, fewer examples, or fewer trials at a time ('--parallel 1').",
        _ => $"This is a fault in Sonde: {Sentence(error)} ({error.GetType().Name}) Run it again with {ErrorTrace.Variable}=1 to see where, and report it.",
    };

    private static string Sentence(Exception error) => error.Message.TrimEnd() is var text && text.EndsWith('.') ? text : $"{text}.";
}
