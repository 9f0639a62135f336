using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>The examples themselves, as rows of layer 0: what theory needs to say how a network starts (paper, eqs 5 to 7).</summary>
/// <remarks>Only at update 0: theory is about the start, and fixed examples never change.</remarks>
public sealed class InputProbe : Probe
{
    /// <summary>The number of the input layer in rows.</summary>
    public const int Layer = 0;

    // The later examples with which each is multiplied: enough for the moments of the products within some per cent.
    private const int Others = 8;

    /// <inheritdoc/>
    public override string Name => Quantity.Input;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.Examples;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        if (observation.Update != 0)
            return;
        log.Record(PooledValues.Statistics(0, Layer, Quantity.Input, observation.Inputs));
        log.Record(PooledValues.Statistics(0, Layer, Quantity.InputSquare, MeanSquares(observation)));
        log.Record(PooledValues.Statistics(0, Layer, Quantity.MeanInput, MeanInputs(observation)));
        if (observation.Examples > 1)
            log.Record(PooledValues.Statistics(0, Layer, Quantity.InputProduct, Products(observation)));
        log.Record(PooledValues.Statistics(0, Layer, Quantity.ClassShare, ClassShares(observation)));
    }

    private static float[] MeanSquares(Observation observation)
    {
        var inputs = observation.Network.Inputs;
        return [.. Enumerable.Range(0, observation.Examples).Select(n => (float)observation.Inputs.Skip(n * inputs).Take(inputs).Average(x => (double)x * x))];
    }

    private static float[] MeanInputs(Observation observation)
    {
        var sums = new double[observation.Network.Inputs];
        for (var k = 0; k < observation.Inputs.Length; k++)
            sums[k % sums.Length] += observation.Inputs[k];
        return Array.ConvertAll(sums, sum => (float)(sum / observation.Examples));
    }

    private static float[] Products(Observation observation)
    {
        var (inputs, examples, products) = (observation.Network.Inputs, observation.Examples, new List<float>());
        for (var step = 1; step <= Math.Min(Others, examples - 1); step++)
            for (var n = 0; n < examples; n++)
            {
                var (one, other) = (n * inputs, (n + step) % examples * inputs);
                var sum = 0.0;
                for (var k = 0; k < inputs; k++)
                    sum += (double)observation.Inputs[one + k] * observation.Inputs[other + k];
                products.Add((float)(sum / inputs));
            }
        return [.. products];
    }

    private static float[] ClassShares(Observation observation)
    {
        // Rows of targets are no classes: all are one.
        if (observation.Network.Targets is not null)
            return [1];
        var shares = new float[observation.Network.Classes];
        foreach (var label in observation.Labels)
            shares[label]++;
        return Array.ConvertAll(shares, count => count / observation.Examples);
    }
}
