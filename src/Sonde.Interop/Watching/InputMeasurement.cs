using Sonde.Engines;
using Sonde.Networks;
using Sonde.Probes;

namespace Sonde.Interop.Watching;

/// <summary>Measures the examples themselves, with the same probe as a study.</summary>
internal static class InputMeasurement
{
    /// <summary>Returns the rows of layer 0 at update 0.</summary>
    /// <param name="inputs">[rows, values], row major.</param>
    /// <param name="values">Values per example.</param>
    /// <param name="labels">The class of each example; null, or other than one for each row, leaves the shares of classes out.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <exception cref="ArgumentException">The inputs are no whole number of rows, or a label is none of the classes.</exception>
    public static IReadOnlyList<LayerStatistics> Measure(float[] inputs, int values, int[]? labels, int classes)
    {
        if (inputs.Length % values != 0)
            throw new ArgumentException($"The inputs have {inputs.Length} values; expected a whole number of rows of {values}. Pass [rows, inputs].");
        var rows = inputs.Length / values;
        var areKnown = labels is not null && labels.Length == rows && classes > 1;
        if (areKnown && labels!.FirstOrDefault(label => label < 0 || label >= classes, 0) is not 0 and var strange)
            throw new ArgumentException($"A label is {strange}; expected 0 to {classes - 1}. Count classes from 0.");
        var network = new Network(
            values, [], areKnown ? classes : 2, ActivationNames.Find("linear")!, InitializerList.Find("standard")!, CostList.Find("nll")!);
        var observation = new Observation(network, ObservationNeeds.Examples);
        observation.Reset(rows);
        observation.CopyExamples(inputs, areKnown ? labels : new int[rows]);
        var log = new MemoryLog();
        new InputProbe().Measure(observation, log);
        return [.. log.Layers.Where(row => areKnown || row.Quantity != Quantity.ClassShare)];
    }
}
