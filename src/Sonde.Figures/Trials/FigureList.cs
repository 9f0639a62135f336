using Sonde.Probes;

namespace Sonde.Figures.Trials;

/// <summary>The figures of a report.</summary>
public static class FigureList
{
    /// <summary>Figures of a whole study.</summary>
    public static IReadOnlyList<StudyFigure> OfStudy { get; } =
    [
        new ErrorCurves("test"), new ErrorCurves("train"), new TrialsSideBySide(Quantity.Activation), new TrialsSideBySide(Quantity.BackpropagatedGradient),
    ];

    /// <summary>Figures of each trial, in the report's order.</summary>
    public static IReadOnlyList<TrialFigure> OfTrial { get; } =
    [
        new ActivationBands(),
        new LayerHistograms(Quantity.Activation),
        new LayerHistograms(Quantity.BackpropagatedGradient),
        new LayerHistograms(Quantity.WeightGradient),
        new GradientSd(Quantity.BackpropagatedGradient),
        new GradientSd(Quantity.WeightGradient),
        new SaturationByLayer(),
        new JacobianSpectra(),
        new ReconstructionCost(),
        new Reconstructions(),
        new Filters(),
    ];
}
