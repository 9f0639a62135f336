using Sonde.Paper.Figures;

namespace Sonde.Paper.Tests.Figures;

/// <summary>The figures of the paper that are drawn from trials.</summary>
internal static class PaperFigureList
{
    /// <summary>In the paper's order.</summary>
    public static IReadOnlyList<PaperFigure> All { get; } =
    [
        new MeansAndSds(),
        PercentilesAndSds.Figure3,
        HistogramRows.Figure4,
        HistogramRows.Figure6,
        HistogramRows.Figure7,
        HistogramRows.Figure8,
        new BackpropagatedGradients(),
        new WeightGradientIntervals(),
        PercentilesAndSds.Figure10,
        TestErrors.Figure11,
        TestErrors.Figure12,
    ];
}
