using Sonde.Data;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Diagnosis.Remedies;

/// <summary>Draws changes of a setting at random: what a remedy has to beat.</summary>
internal static class RandomChange
{
    /// <summary>Draws a change of as many things as a remedy changes.</summary>
    public static SettingChange Draw(TrialHistory trial, int size, string name, ulong seed)
    {
        var random = new RandomKey(seed, $"remedies/{name}").Stream();
        var (kinds, change) = (Kinds(new(trial)), new SettingChange());
        while (change.Size < size && kinds.Count > 0)
        {
            var kind = random.NextInt32(kinds.Count);
            change = change.With(kinds[kind][random.NextInt32(kinds[kind].Count)]);
            kinds.RemoveAt(kind);
        }
        return change;
    }

    // One list for each thing that a study can change, of the values that it does not have yet.
    private static List<List<SettingChange>> Kinds(Situation situation)
    {
        var (network, training) = (situation.Network, situation.Training);
        List<List<SettingChange>> kinds =
        [
            [.. Others(["relu", "tanh", "sigmoid", "softsign", "elu"], network.Depth == 0 ? null : network.SharedActivation?.Name)
                .Select(name => new SettingChange { Activation = ActivationList.Find(name) })],
            [.. Others(["standard", "normalized", "he", "orthogonal", "lecun"], network.Initializers.Count > 0 ? network.Initializers[0].Name : null)
                .Select(name => new SettingChange { Initializer = InitializerList.Find(name) })],
            [.. Others(["sgd", "momentum", "adam", "rmsprop"], training.Optimizer)
                .Select(name => new SettingChange { Optimizer = OptimizerList.Find(name), LearningRate = Situation.FindUsualRates(name)!.Value.Usual })],
            training.LearningRate is { } rate ? [.. ((double[])[0.01, 0.1, 10, 100]).Select(factor => new SettingChange { LearningRate = rate * factor })] : [],
            training.Batch is { } batch ? [.. ((int[])[Math.Max(1, batch / 8), Math.Max(1, batch / 2), 2 * batch, 8 * batch]).Where(other => other != batch)
                .Distinct().Select(other => new SettingChange { Batch = other })] : [],
            training.Updates is > 0 and var updates ? [.. ((long[])[2, 10]).Select(factor => new SettingChange { Updates = factor * updates })] : [],
            network.Units.Count == 0 ? [] :
            [
                new() { Units = [.. network.Units.Select(units => 2 * units)] }, new() { Units = [.. network.Units.Select(units => (units + 1) / 2)] },
                new() { Units = [.. network.Units, network.Units[^1]] }, .. network.Units.Count > 1 ? [new() { Units = [.. network.Units.SkipLast(1)] }]
                    : (SettingChange[])[],
            ],
            [.. Others(network.Task == TargetKind.Values ? ["mse", "mae"] : network.Task == TargetKind.YesNo ? ["bce", "mse", "mae"] : ["nll", "quadratic"],
                network.Cost?.Name).Select(name => new SettingChange { Cost = CostList.Find(name) })],
            [.. Others(network.Task == TargetKind.Classes ? ["softmax", "sigmoid"] : ["sigmoid", "linear", "tanh", "relu"], network.Output?.Name)
                .Select(name => new SettingChange { Output = OutputList.Find(name) })],
            [.. ((InputScaling[])[InputScaling.None, InputScaling.Standardize, InputScaling.ZeroToOne, InputScaling.MinusOneToOne])
                .Where(scale => situation.InputScale is { } own && own != scale).Select(scale => new SettingChange { InputScale = scale })],
            network.Depth == 0 ? [] : [new() { Dropout = network.Dropouts.Any(share => share > 0) ? 0 : 0.3 }],
            [new() { WeightDecay = training.WeightDecay > 0 ? 0 : 1e-3 }],
        ];
        return [.. kinds.Where(kind => kind.Count > 0)];
    }

    private static IEnumerable<string> Others(string[] names, string? own) => own is null ? [] : names.Where(name => name != own);
}
