using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Summaries;
using Sonde.Probes;

namespace Sonde.Interop.Watching;

/// <summary>Measures one layer with the same probes as a study: as the only layer of a network of its own, so that layers may differ in activation and in
/// their number of rows.</summary>
internal static class LayerMeasurement
{
    private static readonly Activation Linear = ActivationList.Find("linear")!;
    private static readonly Initializer AnyInitializer = InitializerList.Find("standard")!;
    private static readonly Cost AnyCost = CostList.Find("nll")!;

    /// <summary>Returns the rows of all probes whose quantities the arrays hold.</summary>
    /// <param name="update">Updates done before.</param>
    /// <param name="layer">The layer's number in its network, from 1.</param>
    /// <param name="shape">The layer.</param>
    /// <param name="arrays">Its arrays, which <see cref="Rows"/> has checked.</param>
    public static MemoryLog Measure(long update, int layer, LayerShape shape, LayerArrays arrays)
    {
        var log = new MemoryLog();
        arrays = WithActivation(shape, arrays);
        var observation = new Observation(NetworkOf(shape), NeedsOf(arrays)) { Update = update };
        observation.Reset(Rows(shape, arrays, $"layer {layer}"));
        Fill(observation.Layers[0], arrays);
        var filter = new OneLayer(log, layer, Absent(arrays));
        foreach (var probe in ProbeList.All.Where(probe => probe is not JacobianProbe && observation.Has(probe.Needs)))
            probe.Measure(observation, filter);
        return log;
    }

    /// <summary>Returns how many rows the arrays of a layer have; 0 if none has rows.</summary>
    /// <exception cref="ArgumentException">An array does not fit the layer, or two have different numbers of rows.</exception>
    public static int Rows(LayerShape shape, LayerArrays arrays, string name)
    {
        var rows = -1;
        foreach (var (quantity, values) in new[]
                 {
                     ("preactivation", arrays.Preactivation), ("activation", arrays.Activation), ("preactivation gradient", arrays.PreactivationGradient),
                 })
        {
            if (values is null)
                continue;
            if (values.Length % shape.Units != 0 || rows >= 0 && values.Length / shape.Units != rows)
                throw new ArgumentException($"The {quantity} of {name} has {values.Length} values; expected "
                    + $"{(rows < 0 ? "a whole number of rows" : $"{rows} rows")} of {shape.Units} units. Pass [rows, units], the same rows in every array.");
            rows = values.Length / shape.Units;
        }
        if (arrays.Bias is { } bias && bias.Length != shape.Units)
            throw new ArgumentException($"The bias of {name} has {bias.Length} values; expected one for each of {shape.Units} units. Pass [units].");
        foreach (var (quantity, values) in new[]
                 {
                     ("weight", arrays.Weight), ("weight gradient", arrays.WeightGradient), ("weight update", arrays.WeightUpdate),
                 })
            if (values is not null && values.Length != (long)shape.Inputs * shape.Units)
                throw new ArgumentException($"The {quantity} of {name} has {values.Length} values; expected {shape.Inputs} inputs x {shape.Units} units. "
                    + "Pass the whole matrix.");
        return Math.Max(rows, 0);
    }

    private static Network NetworkOf(LayerShape shape) => shape.Output is { } output
        ? new(shape.Inputs, [], shape.Units, Linear, AnyInitializer, AnyCost) { Output = output }
        : new(shape.Inputs, [shape.Units], 1, shape.Activation ?? Linear, AnyInitializer, AnyCost);

    private static LayerArrays WithActivation(LayerShape shape, LayerArrays arrays) => arrays switch
    {
        { Activation: not null } or { Preactivation: null } => arrays,
        { Preactivation: { } s } when shape.IsSoftmax => arrays with { Activation = OutputKind.Softmax(s, shape.Units) },
        { Preactivation: { } s } when (shape.Output?.Activation ?? shape.Activation) is { } f =>
            arrays with { Activation = Array.ConvertAll(s, value => (float)f.Value(value)) },
        _ => arrays,
    };

    private static ObservationNeeds NeedsOf(LayerArrays arrays) =>
        (arrays.Preactivation is null && arrays.Activation is null ? 0 : ObservationNeeds.Activations)
        | (arrays.PreactivationGradient is null ? 0 : ObservationNeeds.BackpropagatedGradients)
        | (arrays.WeightGradient is null ? 0 : ObservationNeeds.WeightGradients)
        | (arrays.Weight is null ? 0 : ObservationNeeds.Weights)
        | (arrays.WeightUpdate is null ? 0 : ObservationNeeds.Updates)
        | (arrays.Bias is null ? 0 : ObservationNeeds.Biases);

    private static void Fill(LayerObservation seen, LayerArrays arrays)
    {
        arrays.Preactivation?.CopyTo(seen.Preactivation, 0);
        arrays.Activation?.CopyTo(seen.Activation, 0);
        arrays.PreactivationGradient?.CopyTo(seen.BackpropagatedGradient, 0);
        arrays.Bias?.CopyTo(seen.Biases, 0);
        if (arrays.Weight is { } weight)
            seen.Weight = ValueSummary.Of(weight);
        if (arrays.WeightGradient is { } gradient)
            seen.WeightGradient = ValueSummary.Of(gradient);
        if (arrays.WeightUpdate is { } change)
            seen.Update = ValueSummary.Of(change);
    }

    // Probes of activations also measure an array that is missing, of zeros.
    private static HashSet<string> Absent(LayerArrays arrays)
    {
        var absent = new HashSet<string>();
        if (arrays.Activation is null)
            absent.Add(Quantity.Activation);
        if (arrays.Preactivation is null)
            absent.UnionWith([Quantity.Preactivation, Quantity.WeightedInput]);
        return absent;
    }

    /// <summary>Passes on the rows of layer 1 under its number in the whole network.</summary>
    private sealed class OneLayer(MemoryLog log, int layer, HashSet<string> absent) : IProbeLog
    {
        public void Record(LayerStatistics row)
        {
            if (row.Layer == 1 && !absent.Contains(row.Quantity))
                log.Record(row with { Layer = layer });
        }

        public void Record(LayerHistogram row)
        {
            if (row.Layer == 1 && !absent.Contains(row.Quantity))
                log.Record(row with { Layer = layer });
        }
    }
}
