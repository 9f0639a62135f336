namespace Sonde.Figures.Pages.Documents;

/// <summary>A published curve that the pages draw behind a trial's own.</summary>
/// <param name="Name">What it is: <c>tanh N, paper's figure 11</c>.</param>
/// <param name="Updates">Ascending.</param>
/// <param name="Errors">Test error in per cent at each update.</param>
internal sealed record GhostCurve(string Name, IReadOnlyList<long> Updates, IReadOnlyList<double> Errors);
