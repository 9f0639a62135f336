using System.Numerics;
using System.Runtime.InteropServices;
using Sonde.Data;

namespace Sonde.Networks;

/// <summary>The output layer's non-linearity, the cost and the targets of a network in one: what engines compute of an example's last s.</summary>
/// <param name="network">The network.</param>
internal sealed class OutputCost(Network network)
{
    private readonly Cost cost = network.Cost;
    private readonly Output output = network.Output;
    private readonly TargetKind kind = network.Targets?.Kind ?? TargetKind.Classes;
    private readonly IReadOnlyList<float>? classWeights = network.ClassWeights;
    private readonly TargetTable table = network.Targets
        ?? (network.Output.IsSoftmax && network.Cost.TakesLabels ? TargetTable.OfClasses(1, 1) : TargetTable.OfClasses(network.Classes, network.Classes));
    // A softmax and the class itself: no targets are read.
    private readonly bool isOfClass = network.Output.IsSoftmax && network.Targets is null && network.Cost.TakesLabels;

    /// <summary>Computes outputs, cost and dCost/ds of one example.</summary>
    public T Evaluate<T>(ReadOnlySpan<T> s, int label, Span<T> outputs, Span<T> gradient) where T : struct, IFloatingPointIeee754<T>
    {
        var value = isOfClass ? cost.Evaluate(s, label, outputs, gradient) : cost.Evaluate(output, s, TargetsOf<T>(label), outputs, gradient);
        if (classWeights is null)
            return value;
        var weight = T.CreateChecked(WeightOf(label));
        Multiply(gradient, weight);
        return value * weight;
    }

    /// <summary>Computes the curvature in s of one example.</summary>
    public void Curvature<T>(ReadOnlySpan<T> s, int label, ReadOnlySpan<T> outputs, Span<T> curvature) where T : struct, IFloatingPointIeee754<T>
    {
        if (isOfClass)
            cost.Curvature(outputs, curvature);
        else
            cost.Curvature(output, s, TargetsOf<T>(label), outputs, curvature);
        if (classWeights is not null)
            Multiply(curvature, T.CreateChecked(WeightOf(label)));
    }

    /// <summary>Returns the class that the outputs of an example say: the largest one, or whether the only one says yes. 0 if outputs are numbers.</summary>
    public int Predict(ReadOnlySpan<float> outputs)
    {
        if (kind != TargetKind.Classes)
            return 0;
        if (outputs.Length == 1 && !output.IsSoftmax)
            return outputs[0] > cost.YesAbove ? 1 : 0;
        var best = 0;
        for (var k = 1; k < outputs.Length; k++)
            if (outputs[k] > outputs[best])
                best = k;
        return best;
    }

    /// <summary>Measures how wrong the outputs of an example are: 1 for another class, the number of outputs on the wrong side, or the sum of squared
    /// errors.</summary>
    public double Deviation(ReadOnlySpan<float> outputs, int label, int predicted)
    {
        if (kind == TargetKind.Classes)
            return predicted == label ? 0 : 1;
        var targets = table.Row(label);
        var sum = 0.0;
        for (var k = 0; k < outputs.Length; k++)
            sum += kind == TargetKind.YesNo ? outputs[k] > cost.YesAbove == targets[k] > 0.5f ? 0 : 1
                : ((double)outputs[k] - targets[k]) * ((double)outputs[k] - targets[k]);
        return sum;
    }

    /// <summary>Returns the sum of absolute errors of an example's outputs if targets are numbers; else 0.</summary>
    public double AbsoluteDeviation(ReadOnlySpan<float> outputs, int label)
    {
        if (kind != TargetKind.Values)
            return 0;
        var targets = table.Row(label);
        var sum = 0.0;
        for (var k = 0; k < outputs.Length; k++)
            sum += Math.Abs((double)outputs[k] - targets[k]);
        return sum;
    }

    private float WeightOf(int label)
    {
        var k = kind == TargetKind.Classes ? label : table.Row(label)[0] > 0.5f ? 1 : 0;
        return k < classWeights!.Count ? classWeights[k] : 1;
    }

    private static void Multiply<T>(Span<T> values, T factor) where T : struct, IFloatingPointIeee754<T>
    {
        foreach (ref var value in values)
            value *= factor;
    }

    private ReadOnlySpan<T> TargetsOf<T>(int label) where T : struct, IFloatingPointIeee754<T>
    {
        var row = table.Row(label);
        if (typeof(T) == typeof(float))
            return MemoryMarshal.Cast<float, T>(row);
        var targets = new T[row.Length];
        for (var k = 0; k < targets.Length; k++)
            targets[k] = T.CreateChecked(row[k]);
        return targets;
    }
}
