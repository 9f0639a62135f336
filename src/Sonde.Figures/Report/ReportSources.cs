using Sonde.Data;
using Sonde.Figures.Pages.Documents;
using Sonde.Records.Runs;
using Sonde.Studies;

namespace Sonde.Figures.Report;

/// <summary>Where the interactive report finds what the tables of a trial do not hold.</summary>
/// <param name="run">The run folder, with its predictions and checkpoints.</param>
/// <param name="open">Opens a dataset.</param>
/// <param name="ghostsOf">Finds published curves of the model that a setting describes.</param>
internal sealed class ReportSources(RunFolder run, Func<DatasetSetting, Dataset> open, Func<RecordedSetting, IReadOnlyList<GhostCurve>> ghostsOf)
{
    // Reading MNIST takes half a second, and all trials of a study may have it.
    private readonly Dictionary<DatasetSetting, Dataset> opened = [];

    /// <summary>The run folder, with its predictions and checkpoints.</summary>
    public RunFolder Run => run;

    /// <summary>Finds published curves of the model that a setting describes.</summary>
    public IReadOnlyList<GhostCurve> GhostsOf(RecordedSetting setting) => ghostsOf(setting);

    /// <summary>Opens a dataset, once for all trials that have it.</summary>
    /// <exception cref="DataException">It cannot be opened.</exception>
    public Dataset Open(DatasetSetting setting)
    {
        lock (opened)
            return opened.TryGetValue(setting, out var data) ? data : opened[setting] = open(setting);
    }
}
