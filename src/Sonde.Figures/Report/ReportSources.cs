using Sonde.Data.Fetching;
using Sonde.Figures.Pages.Documents;
using Sonde.Records.Runs;
using Sonde.Studies;

namespace Sonde.Figures.Report;

/// <summary>Where the interactive report finds what the tables of a trial do not hold.</summary>
/// <param name="Run">The run folder, with its predictions and checkpoints.</param>
/// <param name="Data">Where datasets are looked for.</param>
/// <param name="FindGhosts">Finds published curves of the model that a setting describes.</param>
internal sealed record ReportSources(RunFolder Run, DataFolder Data, Func<RecordedSetting, IReadOnlyList<GhostCurve>> FindGhosts);
