// docs: program
using Sonde.Data.Shapeset;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Probes;

// How does an activation of your own pass signals and gradients, beside tanh?
var data = new ShapesetDataset(16);
foreach (var activation in (Activation[])[ActivationList.Get("tanh"), new Activation<Swish>("swish") { Lower = -0.2785 }])
{
    var network = new Network(
        data.Inputs, [100, 100, 100, 100, 100], data.Classes.Count, activation, InitializerList.Get("normalized"), CostList.Get("nll"));
    var rows = InitializationProbe.Measure(network, data, seeds: [1], examples: 300, threads: 1).Single();
    foreach (var quantity in (string[])[Quantity.Activation, Quantity.BackpropagatedGradient])
    {
        var sd = rows.Where(row => row.Quantity == quantity && row.Layer is >= 1 && row.Layer <= network.Depth).Select(row => $"{row.Sd,8:0.0000}");
        Console.WriteLine($"{activation.Name,-5} {quantity,-22} {string.Join(' ', sd)}");
    }
}

/// <summary><c>s sigmoid(s)</c>, called swish or SiLU.</summary>
internal readonly struct Swish : IActivation
{
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => s * Sigmoid(s);

    // The derivative from the activation z itself: z + sigmoid(s) (1 - z).
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> => z + Sigmoid(s) * (TLanes.Of(1) - z);

    private static TLanes Sigmoid<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => TLanes.Of(1) / (TLanes.Of(1) + TLanes.Exp(-s));
}
// docs: end
