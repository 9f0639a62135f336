using Sonde.Data;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Lanes;

namespace Sonde.Pretraining;

/// <summary>The pretrainer a student can check by hand: one thread, plain loops.</summary>
/// <param name="setting">What to compute.</param>
internal sealed class ReferencePretrainer<TActivation, TReconstruction>(PretrainingSetting setting) : IPretrainer
    where TActivation : struct, IActivation
    where TReconstruction : struct, IReconstructionCost
{
    private readonly ReferenceAutoencoder<float, TActivation, TReconstruction>[] layers =
        [.. Enumerable.Range(1, setting.Network.Depth).Select(layer => new ReferenceAutoencoder<float, TActivation, TReconstruction>(
            setting.Network.FanIn(layer), setting.Network.FanOut(layer)))];

    private Parameters given = Parameters.Empty(setting.Network);

    /// <inheritdoc/>
    public void Load(Parameters parameters, IReadOnlyList<float[]> decoderBiases)
    {
        given = parameters.CopyTo(Parameters.Empty(setting.Network));
        foreach (var (i, layer) in layers.Index())
        {
            parameters.Layers[i].Weights.CopyTo(layer.Weights, 0);
            parameters.Layers[i].Biases.CopyTo(layer.Biases, 0);
            decoderBiases[i].CopyTo(layer.DecoderBiases, 0);
        }
    }

    /// <inheritdoc/>
    public void Save(Parameters parameters, IReadOnlyList<float[]> decoderBiases)
    {
        given.CopyTo(parameters);
        foreach (var (i, layer) in layers.Index())
        {
            layer.Weights.CopyTo(parameters.Layers[i].Weights, 0);
            layer.Biases.CopyTo(parameters.Layers[i].Biases, 0);
            layer.DecoderBiases.CopyTo(decoderBiases[i], 0);
        }
    }

    /// <inheritdoc/>
    public double Update(int layer, ExampleStream examples, long first)
    {
        var trained = layers[layer - 1];
        var corrupted = Forward(layer, examples, first, setting.Batch, isTraining: true);
        trained.Backward(corrupted);
        Step(trained.Weights, trained.WeightGradient);
        Step(trained.Biases, trained.BiasGradient);
        Step(trained.DecoderBiases, trained.DecoderBiasGradient);
        return trained.Costs.Average(cost => (double)cost);
    }

    /// <inheritdoc/>
    public double Evaluate(int layer, ExampleStream examples, long first, int count)
    {
        double cost = 0;
        for (var done = 0; done < count; done += setting.Batch)
        {
            Forward(layer, examples, first + done, Math.Min(setting.Batch, count - done), isTraining: false);
            cost += layers[layer - 1].Costs.Sum(one => (double)one);
        }
        return cost / count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <returns>The corrupted input of the layer, [count, fan-in].</returns>
    private float[] Forward(int layer, ExampleStream examples, long first, int count, bool isTraining)
    {
        var (clean, _) = examples.Read(first, count);
        for (var below = 1; below < layer; below++)
            clean = Code(below, clean);
        var (fanIn, corrupted, targets) = (setting.Network.FanIn(layer), (float[])clean.Clone(), (float[])clean.Clone());
        for (var n = 0; n < count; n++)
            setting.Corrupt(layer, first + n, isTraining, corrupted.AsSpan(n * fanIn, fanIn));
        var (offset, factor) = setting.Plan.Cost.TargetsOf(setting.RangeOf(layer));
        foreach (ref var target in targets.AsSpan())
            target = (target - offset) * factor;
        layers[layer - 1].Forward(corrupted, targets);
        return corrupted;
    }

    private float[] Code(int layer, float[] inputs)
    {
        var (fanIn, fanOut) = (setting.Network.FanIn(layer), setting.Network.FanOut(layer));
        var z = new float[inputs.Length / fanIn * fanOut];
        DenseForward.Preactivation<float>(inputs, layers[layer - 1].Weights, layers[layer - 1].Biases, fanIn, fanOut, z);
        foreach (ref var value in z.AsSpan())
            value = TActivation.Value(new Scalar<float>(value)).Value;
        return z;
    }

    private void Step(float[] parameters, float[] gradient)
    {
        for (var k = 0; k < parameters.Length; k++)
            parameters[k] = MathF.FusedMultiplyAdd(-setting.Plan.LearningRate, gradient[k], parameters[k]);
    }
}
