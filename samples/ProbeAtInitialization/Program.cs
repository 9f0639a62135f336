// docs: program
using Sonde.Data.Shapeset;
using Sonde.Networks;
using Sonde.Probes;

// Which initializer keeps the gradients of eight layers level?
var data = new ShapesetDataset(16);
int[] hidden = [.. Enumerable.Repeat(100, 8)];
foreach (var initializer in InitializerList.WithoutSetting)
{
    var network = new Network(data.Inputs, hidden, data.Classes.Count, ActivationList.Get("tanh"), initializer, CostList.Get("nll"));
    var rows = InitializationProbe.Measure(network, data, seeds: [1], examples: 300, threads: 1).Single();
    var sd = rows.Where(row => row.Quantity == Quantity.BackpropagatedGradient && row.Layer <= network.Depth).Select(row => row.Sd).ToList();
    Console.WriteLine($"{initializer.Name,-10}  layer 1 gets {sd[0] / sd[^1],6:0.00} of layer {network.Depth}'s gradient");
}
// docs: end
