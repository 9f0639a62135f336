namespace Sonde.Figures.Pages.Documents;

/// <summary>An error curve.</summary>
/// <param name="Updates">Ascending.</param>
/// <param name="Errors">Per cent, one for each update.</param>
internal sealed record CurveLine(long[] Updates, double[] Errors);
