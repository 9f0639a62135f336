using Sonde.Probes;

namespace Sonde.Figures.Drawing;

/// <summary>Words for a quantity: in text, in headings and in file names.</summary>
internal static class QuantityText
{
    /// <summary>In a sentence: "back-propagated gradient".</summary>
    public static string Words(string quantity) => quantity switch
    {
        Quantity.BackpropagatedGradient => "back-propagated gradient",
        Quantity.WeightGradient => "weight gradient",
        _ => quantity,
    };

    /// <summary>At the start of a heading: "Back-propagated gradient".</summary>
    public static string Heading(string quantity) => char.ToUpperInvariant(quantity[0]) + Words(quantity)[1..];

    /// <summary>In file names: "backpropagated-gradient".</summary>
    public static string Stem(string quantity) => quantity switch
    {
        Quantity.BackpropagatedGradient => "backpropagated-gradient",
        Quantity.WeightGradient => "weight-gradient",
        _ => quantity,
    };
}
