namespace Sonde.Theory;

/// <summary>What theory expects probes to measure in one layer before the first update.</summary>
/// <param name="Layer">1 for the first hidden layer; the output layer is the depth + 1.</param>
/// <param name="PreactivationSd">sd of s, whose distribution over units is normal if the layer below is wide.</param>
/// <param name="ActivationMean">Mean of z; 1 / classes in the output layer.</param>
/// <param name="ActivationSd">sd of z; of P(y|x) in the output layer.</param>
/// <param name="BackpropagatedGradientSd">sd of dCost/ds of the cost of one example.</param>
/// <param name="WeightGradientSd">sd of dCost/dW averaged over a mini-batch.</param>
/// <param name="Chi">The factor by which the variance of dCost/ds changes from the layer above to this one; null in the output layer.</param>
public sealed record LayerForecast(
    int Layer, double PreactivationSd, double ActivationMean, double ActivationSd, double BackpropagatedGradientSd, double WeightGradientSd, double? Chi)
{
    /// <summary>The correlation of the same unit's s for two examples: 1 if the layer does not tell them apart.</summary>
    public double Correlation { get; init; }

    /// <summary>The spread of networks of this width, which takes longer to compute than all the rest and is computed at the first use; null in the output
    /// layer.</summary>
    internal Lazy<FiniteWidth>? Width { get; init; }

    /// <summary>How far the sd of z of one network is expected to be from <see cref="ActivationSd"/>; null if that is not known.</summary>
    internal Spread? ActivationSpread => Width?.Value.OfActivations(Layer);

    /// <summary>How far the sd of dCost/ds of one network is expected to be from <see cref="BackpropagatedGradientSd"/>; null if that is not known.</summary>
    internal Spread? BackpropagatedGradientSpread => Width?.Value.OfGradients(Layer);
}
