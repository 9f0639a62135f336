using Sonde.Data;
using Sonde.Engines.Reference;
using Sonde.Networks;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Networks;

/// <summary>Back-propagation against central differences, in double precision, for every activation, cost and depth.</summary>
public sealed class GradientTests
{
    private const double DifferenceStep = 1e-5;

    public static IEnumerable<TheoryDataRow<string, string, int>> Combinations =>
        from activation in ActivationList.All
        from cost in CostList.All.Take(2)
        from depth in Enumerable.Range(0, 6)
        select new TheoryDataRow<string, string, int>(activation.Name, cost.Name, depth);

    [Theory, MemberData(nameof(Combinations))]
    public void Backward_AgreesWithCentralDifferences(string activation, string cost, int depth) => Check(new(
        6, [.. Enumerable.Range(0, depth).Select(i => 5 - i % 2)], 3, ActivationList.Find(activation)!, InitializerList.Find("normalized")!,
            CostList.Find(cost)!));

    [Fact]
    public void BackwardThroughLayersOfDifferentActivations_AgreesWithCentralDifferences()
    {
        var layers = ActivationList.All.Select(activation => new HiddenLayer(4) { Activation = activation }).ToList();
        foreach (var order in (IReadOnlyList<HiddenLayer>[])[layers, [.. Enumerable.Reverse(layers)]])
            Check(new Network(
                6, [.. order.Select(layer => layer.Units)], 3, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!)
            {
                HiddenLayers = order,
            });
    }

    public static IEnumerable<TheoryDataRow<string, string, int>> Pairs =>
        from output in OutputList.Names
        from cost in CostList.All
        from units in (int[])[1, 3]
        select new TheoryDataRow<string, string, int>(output, cost.Name, units);

    [Theory, MemberData(nameof(Pairs))]
    public void BackwardOfAnyOutputAndCost_AgreesWithCentralDifferences(string output, string cost, int units)
    {
        // Whatever the pair, targets are between 0 and 1: those of neighbours in a network that ran into a limit have no slope, and the differences agree.
        var random = new RandomKey(4, "targets").Stream();
        var targets = new float[4 * units];
        foreach (ref var target in targets.AsSpan())
            target = (float)random.NextDouble();
        Check(new Network(6, [5], units, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find(cost)!)
        {
            Output = OutputList.Find(output)!, Targets = new(TargetKind.Values, units, targets),
        });
    }

    private static void Check(Network network)
    {
        var pass = new ReferenceNetwork<double>(network);
        var random = new RandomKey(3, "gradient-check").Stream();
        for (var i = 0; i < network.Layers; i++)
        {
            Fill(ref random, pass.Weights[i], 1);
            Fill(ref random, pass.Biases[i], 0.5);
        }
        var inputs = new double[4 * network.Inputs];
        Fill(ref random, inputs, 1);
        int[] labels = network.Targets is null ? [0, 1, 2, 1] : [0, 1, 2, 3];
        pass.Forward(inputs, labels);
        pass.Backward(inputs);
        for (var i = 0; i < network.Layers; i++)
        {
            Compare(pass, inputs, labels, pass.Weights[i], [.. pass.WeightGradients[i]]);
            Compare(pass, inputs, labels, pass.Biases[i], [.. pass.BiasGradients[i]]);
        }
    }

    private static void Fill(ref RandomStream random, double[] values, double sd)
    {
        for (var k = 0; k < values.Length; k++)
            values[k] = sd * random.NextGaussian();
    }

    private static void Compare(ReferenceNetwork<double> pass, double[] inputs, int[] labels, double[] parameters, double[] gradients)
    {
        for (var k = 0; k < parameters.Length; k++)
        {
            var original = parameters[k];
            parameters[k] = original + DifferenceStep;
            pass.Forward(inputs, labels);
            var above = pass.Costs.Average();
            parameters[k] = original - DifferenceStep;
            pass.Forward(inputs, labels);
            var below = pass.Costs.Average();
            parameters[k] = original;
            // The logarithm of an output below 0 is no number.
            if (double.IsNaN(above) && double.IsNaN(below))
                continue;
            Tolerances.AssertClose((above - below) / (2 * DifferenceStep), gradients[k], Tolerances.CentralDifference);
        }
    }
}
