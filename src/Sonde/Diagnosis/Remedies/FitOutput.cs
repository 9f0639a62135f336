using Sonde.Data;
using Sonde.Networks;

namespace Sonde.Diagnosis.Remedies;

/// <summary>Gives the network the output, the cost and the number of outputs that fit its task.</summary>
internal static class FitOutput
{
    public static Remedy? Find(Situation situation)
    {
        var (network, classes) = (situation.Network, situation.Classes);
        var (output, cost) = network.Task switch
        {
            TargetKind.YesNo => ("sigmoid", "bce"),
            TargetKind.Values => ("linear", "mse"),
            _ => ("softmax", "nll"),
        };
        var fits = network.Cost is { } mine && (mine.Name == cost || cost == "nll" && mine.Name == "cross-entropy");
        var change = new SettingChange
        {
            Output = network.Output?.Name == output ? null : OutputList.Find(output),
            Cost = fits ? null : CostList.Find(cost),
            Outputs = classes is { } count && network.Outputs is { } units && units != count ? count : null,
        };
        return change.Size == 0 ? null : new("fit-output", network.Task switch
        {
            TargetKind.YesNo => "Answers of yes or no need a sigmoid for each, and the cross-entropy of each.",
            TargetKind.Values => "Numbers of any size need linear outputs, and a squared error.",
            _ => "One of several classes needs a softmax with an output for each class, and its log-likelihood.",
        }, situation.Settled(change));
    }
}
