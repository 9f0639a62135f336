namespace Sonde.Analysis.Selecting;

/// <summary>The test that decides whether two models differ.</summary>
public enum DecidingTest
{
    /// <summary>Over test examples: do these networks differ on the population that the examples were drawn from?</summary>
    Examples,

    /// <summary>Over seeds: would other networks of these models differ on these examples?</summary>
    Seeds,
}
