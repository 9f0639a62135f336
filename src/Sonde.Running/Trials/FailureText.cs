namespace Sonde.Running.Trials;

/// <summary>Why a trial failed, in a sentence.</summary>
internal static class FailureText
{
    /// <summary>Returns the sentence; the runtime's own words for a lack of memory name a type.</summary>
    public static string Of(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [var first, ..] } => Of(first),
        OutOfMemoryException => "There is not enough memory. Use narrower or fewer layers, fewer probe examples, or fewer trials at a time (--parallel 1).",
        _ => failure.Message,
    };
}
