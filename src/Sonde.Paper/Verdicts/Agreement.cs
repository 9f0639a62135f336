namespace Sonde.Paper.Verdicts;

/// <summary>Says whether a measurement agrees with the paper.</summary>
internal enum Agreement
{
    /// <summary>Every number that the paper gives was measured within the tolerance, at each update that both have.</summary>
    AgreesInNumber,

    /// <summary>The order, or the statement in words, is as in the paper; a number is not, or the paper gives none.</summary>
    AgreesInOrder,

    /// <summary>The measurement shows something else, in a run that is long enough to show it.</summary>
    Differs,

    /// <summary>The run is shorter than the event in the paper.</summary>
    NotReachedYet,

    /// <summary>The networks have not been trained, or not recorded what the item needs.</summary>
    NotRun,

    /// <summary>A dataset is missing.</summary>
    DataMissing,
}

/// <summary>Words for <see cref="Agreement"/>.</summary>
internal static class AgreementText
{
    /// <summary>Returns the words for pages and tables: <c>agrees in number</c>.</summary>
    public static string Words(this Agreement agreement) => agreement switch
    {
        Agreement.AgreesInNumber => "agrees in number",
        Agreement.AgreesInOrder => "agrees in order",
        Agreement.Differs => "differs",
        Agreement.NotReachedYet => "not reached yet",
        Agreement.NotRun => "not run",
        _ => "data missing",
    };

    /// <summary>Returns the words for several items: <c>agree in number</c>.</summary>
    public static string PluralWords(this Agreement agreement) => agreement switch
    {
        Agreement.AgreesInNumber => "agree in number",
        Agreement.AgreesInOrder => "agree in order",
        Agreement.Differs => "differ",
        _ => agreement.Words(),
    };

    /// <summary>Returns the name in JSON and style sheets: <c>agreesInOrder</c>.</summary>
    public static string Key(this Agreement agreement) => char.ToLowerInvariant(agreement.ToString()[0]) + agreement.ToString()[1..];
}
