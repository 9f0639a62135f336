namespace Sonde.Paper.Curves;

/// <summary>The densities at 0 in the paper's histograms, layer 1 first, read off its figures.</summary>
internal static class PaperPeaks
{
    /// <summary>Activations of tanh after training, to about a tenth [Glorot2010, fig. 4, top].</summary>
    public static IReadOnlyList<double> TrainedTanh { get; } = [0.45, 0.45, 0.7, 1.2, 2.8];

    /// <summary>Activations at initialization, normalized [Glorot2010, fig. 6, bottom].</summary>
    public static IReadOnlyList<double> ActivationsN { get; } = [1.5, 1.45, 1.4, 1.35, 1.3];

    /// <summary>Back-propagated gradients at initialization, standard [Glorot2010, fig. 7, top].</summary>
    public static IReadOnlyList<double> BackpropagatedGradients { get; } = [83, 43, 23, 13, 7.5];

    /// <summary>Back-propagated gradients at initialization, normalized [Glorot2010, fig. 7, bottom].</summary>
    public static IReadOnlyList<double> BackpropagatedGradientsN { get; } = [8, 8, 8, 8, 8];

    /// <summary>Weight gradients at initialization, standard [Glorot2010, fig. 8, top].</summary>
    public static IReadOnlyList<double> WeightGradients { get; } = [229, 268, 268, 268, 268];

    /// <summary>Weight gradients at initialization, normalized [Glorot2010, fig. 8, bottom].</summary>
    public static IReadOnlyList<double> WeightGradientsN { get; } = [35.7, 41, 41, 41, 41];
}
