namespace Sonde.Paper;

/// <summary>How what was measured stands to what the paper reports.</summary>
public enum Agreement
{
    /// <summary>The paper's statement, or its number within the tolerance that the item names, was seen.</summary>
    Agrees,

    /// <summary>The order that the paper reports was seen, its size was not.</summary>
    AgreesInOrder,

    /// <summary>Something else was seen.</summary>
    Differs,

    /// <summary>The runs are too short to say, or are not there yet.</summary>
    NotAtThisScale,

    /// <summary>A dataset is missing.</summary>
    DataMissing,
}

/// <summary>The words for agreement.</summary>
public static class AgreementText
{
    /// <summary>The words that pages and tables show: <c>agrees in order only</c>.</summary>
    public static string Words(this Agreement agreement) => agreement switch
    {
        Agreement.Agrees => "agrees",
        Agreement.AgreesInOrder => "agrees in order only",
        Agreement.Differs => "differs",
        Agreement.NotAtThisScale => "not run at this scale",
        _ => "data missing",
    };

    /// <summary>The name in JSON and style sheets: <c>agreesInOrder</c>.</summary>
    public static string Key(this Agreement agreement) => char.ToLowerInvariant(agreement.ToString()[0]) + agreement.ToString()[1..];
}
