namespace Sonde.Paper;

/// <summary>Says whether a measurement agrees with the paper.</summary>
internal enum Agreement
{
    /// <summary>The measurement shows the paper's statement, or its number within the tolerance of the item.</summary>
    Agrees,

    /// <summary>The measurement shows the order that the paper reports, but not its size.</summary>
    AgreesInOrder,

    /// <summary>The measurement shows something else.</summary>
    Differs,

    /// <summary>The runs are too short to decide, or have not been made.</summary>
    NotAtThisScale,

    /// <summary>A dataset is missing.</summary>
    DataMissing,
}

/// <summary>Words for <see cref="Agreement"/>.</summary>
internal static class AgreementText
{
    /// <summary>Returns the words for pages and tables: <c>agrees in order only</c>.</summary>
    public static string Words(this Agreement agreement) => agreement switch
    {
        Agreement.Agrees => "agrees",
        Agreement.AgreesInOrder => "agrees in order only",
        Agreement.Differs => "differs",
        Agreement.NotAtThisScale => "not run at this scale",
        _ => "data missing",
    };

    /// <summary>Returns the name in JSON and style sheets: <c>agreesInOrder</c>.</summary>
    public static string Key(this Agreement agreement) => char.ToLowerInvariant(agreement.ToString()[0]) + agreement.ToString()[1..];
}
