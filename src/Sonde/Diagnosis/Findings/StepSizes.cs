using Sonde.Probes;

namespace Sonde.Diagnosis.Findings;

/// <summary>How far one update moves the weights of each layer, in units of their sd.</summary>
internal static class StepSizes
{
    /// <summary>Returns the recorded rows of every layer, the output layer too, whose mean is sd of the update over sd of the weights.</summary>
    public static IEnumerable<LayerStatistics> In(TrialHistory trial) =>
        Enumerable.Range(1, trial.Network.Depth + 1).SelectMany(layer => trial.Rows(Quantity.UpdateToWeightRatio, layer))
            .Where(row => double.IsFinite(row.Mean));
}
