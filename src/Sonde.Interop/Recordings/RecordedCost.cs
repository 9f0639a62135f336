using System.Globalization;
using Sonde.Interop.Watching;
using Sonde.Networks;

namespace Sonde.Interop.Recordings;

/// <summary>The cost of a recording, as the gradients of its output layer show.</summary>
/// <param name="Cost">The cost.</param>
/// <param name="LearnsInputs">True if outputs are compared with the inputs, as an autoencoder's are.</param>
/// <param name="Factor">Says how many times that cost the loss is; null if once.</param>
internal sealed record RecordedCost(Cost Cost, bool LearnsInputs, string? Factor)
{
    private const double Once = 0.01;

    /// <summary>Finds it in an observation; null if it is none that Sonde lists.</summary>
    /// <param name="observation">Its targets and inputs are read.</param>
    /// <param name="output">What the outputs are.</param>
    /// <param name="s">[rows, units], pre-activations of the output layer.</param>
    /// <param name="gradient">dCost/ds of the cost of one example, [rows, units].</param>
    /// <param name="units">Units of the output layer.</param>
    public static RecordedCost? Find(RecordedObservation observation, Output output, float[] s, float[] gradient, int units)
    {
        var targets = observation.FindTargets(s.Length) ?? OneOf(observation.FindLabels(s.Length / units), units);
        // Without targets, outputs of the size of the inputs may be an autoencoder's, whose gradients show it.
        var mayLearnInputs = targets is null && observation.FindInputs() is var (_, width) && width == units;
        if (mayLearnInputs)
            targets = observation.FindInputs()!.Value.Inputs;
        if (targets is null || CostSearch.Find(output, s, gradient, targets, units) is not var (cost, times))
            return null;
        return new(cost, mayLearnInputs, Math.Abs(times - 1) < Once ? null : string.Create(CultureInfo.InvariantCulture,
            $"By its gradients at update {observation.Update}, the program's loss is {times:G3} times the cost {cost}."));
    }

    // Rows with 1 at the place of the class.
    private static float[]? OneOf(int[]? labels, int units)
    {
        if (labels is null || units < 2 || labels.Any(label => label < 0 || label >= units))
            return null;
        var targets = new float[labels.Length * units];
        foreach (var (row, label) in labels.Index())
            targets[row * units + label] = 1;
        return targets;
    }
}
