using System.Globalization;
using Sonde.Interop.Tensors;
using Sonde.Interop.Weights;
using Sonde.Networks;
using Sonde.Numerics.Summaries;

namespace Sonde.Cli.Probing;

/// <summary>A network whose weights come from a file.</summary>
internal static class ProbedWeights
{
    /// <summary>Returns the network of a file of weights on the data of a study.</summary>
    /// <param name="weights">The file.</param>
    /// <param name="stated">The network of the study or of the command line, which says what the file does not: data, cost, activations.</param>
    /// <param name="saysActivation">True if the user stated an activation, false if it is a default, which may not be the network's.</param>
    /// <exception cref="InteropException">The data have other sizes than the network, or nobody says an activation.</exception>
    public static ProbedNetwork On(DenseNetwork weights, ProbedNetwork stated, bool saysActivation)
    {
        var (data, other) = (stated.Data, stated.Network);
        if (weights.Inputs != data.Inputs)
            throw new InteropException($"{weights.Path}: layer '{weights.Layers[0].Name}' has {weights.Inputs} inputs, and {data.Name} has {data.Inputs} "
                + "values per example. " + weights.CureFor(data.Inputs, other.Classes, "Probe it on its own data: --data arrays --set data.path=PATH."));
        if (weights.Outputs != other.Classes)
            throw new InteropException($"{weights.Path}: layer '{weights.Layers[^1].Name}' has {weights.Outputs} units, and {data.Name} needs "
                + $"{other.Classes} outputs. Probe it on its own data: --data arrays --set data.path=PATH.");
        var isLikeStated = other.Hidden.SequenceEqual(weights.Hidden);
        IReadOnlyList<HiddenLayer> hidden = [.. weights.Layers.SkipLast(1).Select((layer, index) => new HiddenLayer(layer.Parameters.FanOut)
        {
            Activation = FunctionOf(weights, index, !saysActivation ? null : isLikeStated ? other.ActivationOf(index + 1) : other.Activation),
            Initializer = RuleOf(layer.Parameters.Weights),
        })];
        float[] biases = [.. weights.Layers.SelectMany(layer => layer.Parameters.Biases)];
        var network = new Network(weights.Inputs, weights.Hidden, weights.Outputs, hidden.Count > 0 ? hidden[0].Activation! : other.Activation,
            RuleOf(weights.Layers[^1].Parameters.Weights), other.Cost)
        {
            Output = weights.Output ?? other.Output, Targets = other.Targets, HiddenLayers = hidden,
            BiasInitializer = biases.All(bias => bias == 0) ? null : RuleOf(biases),
        };
        return new(network, data, stated.Setting) { Parameters = weights.Parameters, WeightsFile = weights.Path };
    }

    private static Activation FunctionOf(DenseNetwork weights, int index, Activation? stated)
    {
        var layer = weights.Layers[index];
        return layer.Activation is { } own && stated is not null && own != stated
            ? throw new InteropException($"{weights.Path}: the file says that {own} follows layer '{layer.Name}', and --activation or the study says {stated}. "
                + "Leave --activation out.")
            : weights.ActivationsOr(stated)[index];
    }

    // Theory takes weights as random: those of a file, as Gaussian ones with their sd. Weights that are all alike, or not finite, have none.
    private static Initializer RuleOf(float[] values)
    {
        var sd = ValueSummary.Of(values).Sd;
        return InitializerList.Find(string.Create(CultureInfo.InvariantCulture, $"gaussian({(sd > 0 && double.IsFinite(sd) ? sd : 1e-30):G4})"))
            ?? throw new InvalidOperationException($"Expected an initializer for an sd of {sd}, found none.");
    }
}
