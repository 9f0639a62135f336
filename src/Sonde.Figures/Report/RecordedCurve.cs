using Sonde.Figures.Pages.Documents;
using Sonde.Training;

namespace Sonde.Figures.Report;

/// <summary>The error curves of a trial of which the report holds nothing else.</summary>
/// <param name="Id">The trial's id.</param>
/// <param name="Points">In order of updates.</param>
internal sealed record RecordedCurve(string Id, IReadOnlyList<CurvePoint> Points)
{
    // As many as a plot has places for.
    private const int MostPoints = 300;

    /// <summary>Returns the curve of one split, evenly thinned if it is longer than a plot can show.</summary>
    public CurveLine LineOf(string split)
    {
        var own = Points.Where(point => point.Split == split).ToList();
        var shown = ShownRows.Choose(own.Select(point => point.Update), MostPoints).ToHashSet();
        List<CurvePoint> kept = [.. own.Where(point => shown.Contains(point.Update))];
        return new([.. kept.Select(point => point.Update)], [.. kept.Select(point => point.Error)]);
    }
}
