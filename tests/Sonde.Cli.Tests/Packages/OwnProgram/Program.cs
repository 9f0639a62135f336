// docs: program
using Sonde.Data.Shapeset;
using Sonde.Networks;
using Sonde.Probes;

var data = new ShapesetDataset(32);
foreach (var initializer in (string[])["standard", "normalized"])
{
    var network = new Network(
        data.Inputs, [100, 100, 100, 100, 100], data.Classes.Count, ActivationList.Get("tanh"), InitializerList.Get(initializer), CostList.Get("nll"));
    var rows = InitializationProbe.Measure(network, data, seeds: [1], examples: 300, threads: 1).Single();
    var gradients = rows.Where(row => row.Quantity == Quantity.BackpropagatedGradient && row.Layer <= network.Depth);
    Console.WriteLine($"{initializer}: sd of dCost/ds by layer {string.Join(", ", gradients.Select(row => $"{row.Sd:0.0000}"))}");
}
// docs: end
