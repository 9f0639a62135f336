using Sonde.Engines;
using Sonde.Numerics.Checks;
using Sonde.Numerics.Spectra;

namespace Sonde.Probes;

/// <summary>Singular values of <c>J = dz^(i+1) / dz^i = W diag(f'(s))</c> of each hidden layer, [fan-in, units] here, at each of the first examples
/// (paper, eq. 17).</summary>
/// <remarks>All of them, exact. A layer of 1,000 units takes 0.1 s per example on one thread. If J has a number that is not finite, its values are
/// NaN.</remarks>
/// <param name="examples">How many of the observation's examples, at most.</param>
/// <param name="threads">Threads to use; the result does not depend on it.</param>
/// <param name="progress">Receives how many Jacobians are done and how many there are, from any thread; may be null.</param>
public sealed class JacobianProbe(
    int examples = ProbePlan.DefaultJacobianExamples, int threads = 1, Action<int, int>? progress = null) : Probe
{
    private readonly int examples = Given.AtLeast(1, examples, nameof(examples)), threads = Given.AtLeast(1, threads, nameof(threads));

    /// <inheritdoc/>
    public override string Name => Quantity.Jacobian;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.Activations | ObservationNeeds.WeightValues;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        var (depth, count, done) = (observation.Network.Depth, Math.Min(examples, observation.Examples), 0);
        var values = new double[depth * count][];
        Parallel.For(0, values.Length, new() { MaxDegreeOfParallelism = threads }, k =>
        {
            values[k] = SingularValuesAt(observation, observation.Layers[k / count], k % count);
            progress?.Invoke(Interlocked.Increment(ref done), values.Length);
        });
        for (var i = 0; i < depth; i++)
        {
            double[] pooled = [.. values.Skip(i * count).Take(count).SelectMany(ofExample => ofExample)];
            log.Record(PooledValues.Statistics(observation.Update, i + 1, Name, Array.ConvertAll(pooled, value => (float)value)));
            log.Record(new LayerSpectrum(observation.Update, i + 1, Name, pooled));
        }
    }

    private static double[] SingularValuesAt(Observation observation, LayerObservation layer, int example)
    {
        var s = layer.Preactivation.AsSpan(example * layer.Units, layer.Units);
        var (slopes, activation) = (new double[layer.Units], observation.Network.ActivationOf(layer.Layer));
        for (var k = 0; k < slopes.Length; k++)
            slopes[k] = activation.Derivative(s[k]);
        if (Array.TrueForAll(slopes, double.IsFinite) && Array.TrueForAll(layer.WeightValues, float.IsFinite))
            return SingularValues.Of(layer.WeightValues, layer.Inputs, layer.Units, slopes);
        var none = new double[Math.Min(layer.Inputs, layer.Units)];
        Array.Fill(none, double.NaN);
        return none;
    }
}
