using System.Runtime.InteropServices;
using Sonde.Data;
using Sonde.Kernels.Dense;
using Sonde.Kernels.Layers;
using Sonde.Networks;
using Sonde.Numerics.Summaries;
using Sonde.Optimizers;

namespace Sonde.Engines.Reference;

/// <summary>The engine a student can check by hand: one thread, plain loops, gradients stored whole. <see cref="CheckedEngine"/> is its door.</summary>
/// <param name="network">The network to train.</param>
/// <param name="batch">Examples per update.</param>
/// <param name="optimizer">How parameters move.</param>
/// <param name="seed">The trial's seed: dropout follows from it.</param>
internal sealed class ReferenceEngine<TOptimizer>(Network network, int batch, TOptimizer optimizer, ulong seed = 0) : IEngine
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly ReferenceNetwork<float> pass = new(network);
    private readonly DropoutMask dropout = new(network, seed);
    private readonly List<float>[] gradients = [.. Enumerable.Range(0, network.Layers).Select(_ => new List<float>())];
    private OptimizerState remembered = new(network, OptimizerMemory.NamesOf<TOptimizer>());
    private readonly List<float>[] updates = [.. Enumerable.Range(0, network.Layers).Select(_ => new List<float>())];

    /// <inheritdoc/>
    public Network Network => network;

    /// <inheritdoc/>
    public int Batch => batch;

    /// <inheritdoc/>
    public string Kernels => "reference";

    /// <inheritdoc/>
    public OptimizerState NewState() => new(network, OptimizerMemory.NamesOf<TOptimizer>());

    /// <inheritdoc/>
    public void Load(Parameters parameters, OptimizerState? state = null)
    {
        remembered = state is null ? NewState() : state.CopyTo(NewState());
        for (var i = 0; i < network.Layers; i++)
        {
            parameters.Layers[i].Weights.CopyTo(pass.Weights[i], 0);
            parameters.Layers[i].Biases.CopyTo(pass.Biases[i], 0);
        }
    }

    /// <inheritdoc/>
    public void Save(Parameters parameters, OptimizerState? state = null)
    {
        if (state is not null)
            remembered.CopyTo(state);
        for (var i = 0; i < network.Layers; i++)
        {
            pass.Weights[i].CopyTo(parameters.Layers[i].Weights, 0);
            pass.Biases[i].CopyTo(parameters.Layers[i].Biases, 0);
        }
    }

    /// <inheritdoc/>
    public BatchResult Update(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation? observation = null)
    {
        pass.Forward(inputs, labels, dropout.IsNeeded ? (layer, example, values) =>
            dropout.Apply(remembered.Steps + 1, layer, example, 0, values, values) : null);
        pass.Backward(inputs);
        if (TOptimizer.CurvatureShare(optimizer, remembered.Steps + 1) is > 0 and var share)
            UpdateCurvature(inputs, share);
        if (observation is not null)
        {
            observation.Reset(labels.Length);
            observation.CopyExamples(inputs, labels);
            Copy(observation, 0, labels.Length, isMiniBatch: true);
            Summarize(observation);
        }
        var moving = Moving();
        remembered.Steps++;
        for (var i = 0; i < network.Layers; i++)
        {
            if (network.IsFrozen(i + 1))
                continue;
            var (first, second) = (MemoryAt(0)?.Layers[i], MemoryAt(1)?.Layers[i]);
            ParameterStep.Move<float, TOptimizer>(pass.WeightGradients[i], moving, pass.Weights[i], first?.Weights, second?.Weights);
            ParameterStep.Move<float, TOptimizer>(pass.BiasGradients[i], moving, pass.Biases[i], first?.Biases, second?.Biases);
        }
        return Result(labels);
    }

    /// <inheritdoc/>
    public BatchResult Update(ExampleStream examples, long first, Observation? observation = null)
    {
        var (inputs, labels) = examples.Read(first, batch);
        CheckedEngine.CheckLabels(network, labels);
        return Update(inputs, labels, observation);
    }

    /// <inheritdoc/>
    public BatchResult Observe(ExampleStream examples, long first, int count, Observation observation)
    {
        var (inputs, labels) = examples.Read(first, count);
        CheckedEngine.CheckLabels(network, labels);
        return Observe(inputs, labels, observation);
    }

    /// <inheritdoc/>
    public BatchResult Observe(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation observation)
    {
        observation.Reset(labels.Length);
        observation.CopyExamples(inputs, labels);
        var (cost, deviation, absolute, misclassified) = (0.0, 0.0, 0.0, 0);
        for (var first = 0; first < labels.Length; first += batch)
        {
            var part = labels.Slice(first, Math.Min(batch, labels.Length - first));
            var partInputs = inputs.Slice(first * network.Inputs, part.Length * network.Inputs);
            pass.Forward(partInputs, part);
            if (observation.Needs != ObservationNeeds.None)
                pass.Backward(partInputs);
            Copy(observation, first, part.Length, part.Length == batch);
            var result = Result(part);
            cost += result.Cost * part.Length;
            misclassified += result.Misclassified;
            deviation += result.Deviation;
            absolute += result.AbsoluteDeviation;
        }
        Summarize(observation);
        return new(cost / labels.Length, misclassified) { Deviation = deviation, AbsoluteDeviation = absolute };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void UpdateCurvature(ReadOnlySpan<float> inputs, float share)
    {
        var (ofWeights, ofBiases) = pass.Curvature(inputs);
        foreach (var (i, layer) in remembered.Memory[0].Layers.Index())
        {
            ParameterStep.UpdateMeans(ofWeights[i], share, layer.Weights);
            ParameterStep.UpdateMeans(ofBiases[i], share, layer.Biases);
        }
    }

    private Parameters? MemoryAt(int index) => index < remembered.Memory.Count ? remembered.Memory[index] : null;

    private void Copy(Observation observation, int first, int count, bool isMiniBatch)
    {
        pass.Costs.CopyTo(observation.Costs, first);
        for (var n = 0; n < count; n++)
            observation.Predicted[first + n] = Predict(n);
        for (var i = 0; i < network.Layers; i++)
        {
            var layer = observation.Layers[i];
            if (observation.Has(ObservationNeeds.Activations))
            {
                pass.Preactivations[i].CopyTo(layer.Preactivation, first * layer.Units);
                pass.Activations[i].CopyTo(layer.Activation, first * layer.Units);
            }
            if (observation.Has(ObservationNeeds.BackpropagatedGradients))
                pass.BackpropagatedGradients[i].CopyTo(layer.BackpropagatedGradient, first * layer.Units);
            if (!isMiniBatch)
                continue;
            if (observation.Has(ObservationNeeds.WeightGradients))
                gradients[i].AddRange(pass.WeightGradients[i]);
            if (observation.Has(ObservationNeeds.Updates))
                updates[i].AddRange(UpdateOf(i));
        }
    }

    // The optimizer for the update along the gradients of the last mini-batch.
    private TOptimizer Moving()
    {
        var moving = TOptimizer.At(optimizer, remembered.Steps + 1);
        return TOptimizer.NeedsNorm ? TOptimizer.WithNorm(moving, Math.Sqrt(Enumerable.Range(0, network.Layers).Where(i => !network.IsFrozen(i + 1))
            .Sum(i => Squares(pass.WeightGradients[i]) + Squares(pass.BiasGradients[i])))) : moving;

        static double Squares(float[] values) => values.Sum(value => (double)value * value);
    }

    private float[] UpdateOf(int index)
    {
        var changes = new float[pass.Weights[index].Length];
        if (network.IsFrozen(index + 1))
            return changes;
        ParameterStep.Change<float, TOptimizer>(
            pass.WeightGradients[index], Moving(), pass.Weights[index], MemoryAt(0)?.Layers[index].Weights,
            MemoryAt(1)?.Layers[index].Weights, changes);
        return changes;
    }

    private void Summarize(Observation observation)
    {
        for (var i = 0; i < network.Layers; i++)
        {
            var layer = observation.Layers[i];
            if (observation.Has(ObservationNeeds.WeightValues))
                pass.Weights[i].CopyTo(layer.WeightValues, 0);
            if (observation.Has(ObservationNeeds.Biases))
                pass.Biases[i].CopyTo(layer.Biases, 0);
            if (observation.Has(ObservationNeeds.Weights))
                layer.Weight = ValueSummary.Of(pass.Weights[i]);
            layer.WeightGradient = ValueSummary.Of(CollectionsMarshal.AsSpan(gradients[i]));
            layer.Update = ValueSummary.Of(CollectionsMarshal.AsSpan(updates[i]));
            gradients[i].Clear();
            updates[i].Clear();
        }
    }

    private BatchResult Result(ReadOnlySpan<int> labels)
    {
        var (cost, deviation, absolute, misclassified) = (0.0, 0.0, 0.0, 0);
        for (var n = 0; n < labels.Length; n++)
        {
            var predicted = Predict(n);
            cost += pass.Costs[n];
            misclassified += predicted == labels[n] ? 0 : 1;
            deviation += pass.OutputCost.Deviation(OutputsOf(n), labels[n], predicted);
            absolute += pass.OutputCost.AbsoluteDeviation(OutputsOf(n), labels[n]);
        }
        return new(cost / labels.Length, misclassified) { Deviation = deviation, AbsoluteDeviation = absolute };
    }

    private int Predict(int example) => pass.OutputCost.Predict(OutputsOf(example));

    private ReadOnlySpan<float> OutputsOf(int example) => pass.Activations[^1].AsSpan(example * network.Classes, network.Classes);
}
