using System.Globalization;

namespace Sonde.Training;

/// <summary>Where numbers stopped being finite.</summary>
/// <param name="Update">Updates done; below 0 in pre-training.</param>
/// <param name="Layer">1 for the first hidden layer, 0 for the input; null if it belongs to no layer.</param>
/// <param name="Quantity">What became NaN or infinite: <c>input</c>, <c>target</c>, <c>preactivation</c>, <c>weight</c>, <c>bias</c>, <c>decoderBias</c>,
/// <c>cost</c>, <c>reconstructionCost</c>, or a name of the optimizer's memory such as <c>velocity</c>.</param>
/// <param name="Sentence">All of it in words, with what may prevent it; begins in lower case.</param>
public sealed record Divergence(long Update, int? Layer, string Quantity, string Sentence)
{
    // Initializers assume inputs near 1.
    private const double LargeInput = 10;

    /// <summary>True if the data itself is not finite, so that nothing in the training broke it.</summary>
    internal bool IsInData => Quantity is "input" or "target";

    /// <summary>Returns this divergence with the inputs blamed too if they are large: a smaller rate is then not the first thing to try.</summary>
    /// <param name="largestInput">The largest input of a mini-batch, without its sign.</param>
    internal Divergence WithInputs(double largestInput) => !IsInData && largestInput > LargeInput
        ? this with { Sentence = string.Create(CultureInfo.InvariantCulture, $"{Sentence}, but first scale the inputs, which reach {largestInput:G4}") }
        : this;

    /// <summary>Creates a divergence that a smaller step may prevent.</summary>
    /// <param name="update">Updates done.</param>
    /// <param name="layer">The layer, if any.</param>
    /// <param name="quantity">What became non-finite.</param>
    /// <param name="words">The quantity and its layer in words: <c>weights of layer 2</c>.</param>
    /// <param name="rate">The setting to make smaller, in the user's words.</param>
    /// <param name="them">The pronoun for the quantity.</param>
    internal static Divergence FromStep(long update, int? layer, string quantity, string words, string rate = "learning rate", string them = "them") =>
        new(update, layer, quantity, $"{words} became non-finite at update {update}; "
            // Nothing has moved yet.
            + (update == 0 ? $"smaller weights or inputs may keep {them} finite" : $"a smaller {rate} may keep {them} finite"));
}
