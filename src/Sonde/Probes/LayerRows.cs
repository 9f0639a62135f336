using Sonde.Numerics.Checks;

namespace Sonde.Probes;

/// <summary>Statistics of one quantity of one layer at one update, pooled over all its units and examples.</summary>
/// <param name="Update">Updates done.</param>
/// <param name="Layer">1 for the first hidden layer; the output layer is the depth + 1, the input 0.</param>
/// <param name="Quantity">A name of <see cref="Quantity"/>.</param>
/// <param name="Count">How many finite values percentiles and histogram come from: all that were pooled, or a sample of them.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Sd">Population standard deviation.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="P2">2nd percentile.</param>
/// <param name="P25">25th percentile.</param>
/// <param name="P50">Median.</param>
/// <param name="P75">75th percentile.</param>
/// <param name="P98">98th percentile.</param>
/// <param name="Max">Largest value.</param>
/// <param name="Saturated">Share (0 to 1) of saturated activations; null if the quantity has no such notion.</param>
/// <param name="Dead">Share (0 to 1) of units that are saturated on every example: beyond <see cref="Networks.Activation.SaturationLimits"/>, which for relu
/// means activations below 0.05; null if there is no such notion.</param>
/// <param name="NonFinite">How many values were NaN or infinite; they count in nothing else.</param>
public sealed record LayerStatistics(
    long Update, int Layer, string Quantity, long Count, double Mean, double Sd, double Min, double P2, double P25, double P50, double P75,
    double P98, double Max, double? Saturated, double? Dead, long NonFinite)
{
    /// <summary>A name of <see cref="Probes.Quantity"/>.</summary>
    public string Quantity { get; init => field = Given.NotNull(value, nameof(Quantity)); } = Given.NotNull(Quantity, nameof(Quantity));
}

/// <summary>A histogram of one quantity of one layer at one update.</summary>
/// <param name="Update">Updates done.</param>
/// <param name="Layer">1 for the first hidden layer; the output layer is the depth + 1.</param>
/// <param name="Quantity">A name of <see cref="Quantity"/>.</param>
/// <param name="Low">Left edge of the first bin.</param>
/// <param name="High">Right edge of the last bin.</param>
/// <param name="Counts">Values in each of the equal bins: whole numbers, exact.</param>
public sealed record LayerHistogram(long Update, int Layer, string Quantity, double Low, double High, double[] Counts)
{
    /// <summary>A name of <see cref="Probes.Quantity"/>.</summary>
    public string Quantity { get; init => field = Given.NotNull(value, nameof(Quantity)); } = Given.NotNull(Quantity, nameof(Quantity));

    /// <summary>Values in each of the equal bins: whole numbers, exact.</summary>
    public double[] Counts { get; init => field = Given.NotNull(value, nameof(Counts)); } = Given.NotNull(Counts, nameof(Counts));
}

/// <summary>The values of one quantity of one layer at one update.</summary>
/// <param name="Update">Updates done.</param>
/// <param name="Layer">1 for the first hidden layer.</param>
/// <param name="Quantity">A name of <see cref="Quantity"/>.</param>
/// <param name="Values">Example after example; of a spectrum, the largest value of each example first.</param>
public sealed record LayerSpectrum(long Update, int Layer, string Quantity, double[] Values)
{
    /// <summary>A name of <see cref="Probes.Quantity"/>.</summary>
    public string Quantity { get; init => field = Given.NotNull(value, nameof(Quantity)); } = Given.NotNull(Quantity, nameof(Quantity));

    /// <summary>Example after example; of a spectrum, the largest value of each example first.</summary>
    public double[] Values { get; init => field = Given.NotNull(value, nameof(Values)); } = Given.NotNull(Values, nameof(Values));
}

/// <summary>The names of what is measured, as records, figures and JSON have them.</summary>
public static class Quantity
{
    /// <summary>x, the network's input; a quantity of layer 0.</summary>
    public const string Input = "input";

    /// <summary>The mean of x^2 over the inputs of one example, pooled over examples; of layer 0.</summary>
    public const string InputSquare = "inputSquare";

    /// <summary>The mean of each input over the examples, pooled over inputs; of layer 0.</summary>
    public const string MeanInput = "meanInput";

    /// <summary>The mean of x x' over the inputs of two different examples, pooled over pairs; of layer 0.</summary>
    public const string InputProduct = "inputProduct";

    /// <summary>The share of the examples in each class, pooled over classes; of layer 0.</summary>
    public const string ClassShare = "classShare";

    /// <summary>The sd of each input over training examples, pooled over inputs; of layer 0. Its dead share is that of inputs that never vary.</summary>
    public const string InputSd = "inputSd";

    /// <summary>The mean of each input over training examples in units of its sd, pooled over the inputs that vary; of layer 0.</summary>
    public const string InputOffset = "inputOffset";

    /// <summary>The targets of training examples that are numbers or answers of yes or no, pooled; of layer 0.</summary>
    public const string Target = "target";

    /// <summary>The share of the training examples in each class, pooled over classes; of layer 0.</summary>
    public const string TrainClassShare = "trainClassShare";

    /// <summary>The share of each class among test examples less that among training examples, pooled over classes; of layer 0.</summary>
    public const string ClassShift = "classShift";

    /// <summary>The mean of each input over test examples less that over training examples, in units of its sd, pooled over inputs; of layer 0.</summary>
    public const string InputShift = "inputShift";

    /// <summary>The error in per cent of answering as the nearest other training examples do: one number; of layer 0.</summary>
    public const string NeighbourError = "neighbourError";

    /// <summary>The error in per cent of the best linear answer, each training example left out in turn: one number; of layer 0.</summary>
    public const string LinearError = "linearError";

    /// <summary>The error in per cent of the best constant answer to those training examples: one number; of layer 0.</summary>
    public const string ConstantError = "constantError";

    /// <summary>Of training examples of whose neighbours four of five have one label: 1 for one with another label, else 0; of layer 0.</summary>
    public const string ContradictedLabel = "contradictedLabel";

    /// <summary>Of the same examples: the share of those neighbours that have another label than most; of layer 0.</summary>
    public const string NeighbourDissent = "neighbourDissent";

    /// <summary>1 for a training example whose inputs an earlier one has, else 0; of layer 0.</summary>
    public const string RepeatedExample = "repeatedExample";

    /// <summary>1 for a test example whose inputs one of those training examples has, else 0; of layer 0.</summary>
    public const string TestInTraining = "testInTraining";

    /// <summary>The sd of each unit's activation over examples, pooled over units. Its dead share is that of units that never vary.</summary>
    public const string UnitSd = "unitSd";

    /// <summary>How far the units of a layer differ from each other, relative to their root mean square: one number, 0 if all units are alike.</summary>
    public const string UnitSpread = "unitSpread";

    /// <summary>The share of each unit's variance that a straight line in its pre-activation does not explain, pooled over units that vary.</summary>
    public const string Nonlinearity = "nonlinearity";

    /// <summary>z, after the non-linearity.</summary>
    public const string Activation = "activation";

    /// <summary>s, before the non-linearity.</summary>
    public const string Preactivation = "preactivation";

    /// <summary>dCost/ds of the cost of one example.</summary>
    public const string BackpropagatedGradient = "backpropagatedGradient";

    /// <summary>dCost/dW averaged over a mini-batch.</summary>
    public const string WeightGradient = "weightGradient";

    /// <summary>W.</summary>
    public const string Weight = "weight";

    /// <summary>b.</summary>
    public const string Bias = "bias";

    /// <summary>z W of the output layer: s without its bias.</summary>
    public const string WeightedInput = "weightedInput";

    /// <summary>Singular values of the layer's Jacobian, dz of its output over dz of its input.</summary>
    public const string Jacobian = "jacobian";

    /// <summary>The change of W in one update.</summary>
    public const string Update = "update";

    /// <summary>sd of the update over sd of the weight: one number, in every column of its row.</summary>
    public const string UpdateToWeightRatio = "updateToWeightRatio";
}
