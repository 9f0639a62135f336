using Sonde.Figures.Pages.Documents;
using Sonde.Training;

namespace Sonde.Dashboard.Folders;

/// <summary>The error curves of a trial in little memory: trials that were evaluated at the same updates share the list of them.</summary>
/// <param name="Splits">A curve for each split.</param>
internal sealed record TrialCurves(IReadOnlyDictionary<string, CurveLine> Splits)
{
    /// <summary>Takes the points of all splits.</summary>
    /// <param name="points">In order of updates.</param>
    /// <param name="share">Returns a list equal to the given one, the same for equal lists.</param>
    public static TrialCurves Of(IReadOnlyList<CurvePoint> points, Func<long[], long[]> share) => new(points.GroupBy(point => point.Split)
        .ToDictionary(split => split.Key, split => new CurveLine(share([.. split.Select(point => point.Update)]), [.. split.Select(point => point.Error)])));
}
