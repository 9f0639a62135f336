using Sonde.Training;

namespace Sonde.Interop.Watching;

/// <summary>How wrong a network is on an observed batch: a point of the training curve without a cost.</summary>
internal static class BatchError
{
    /// <summary>Counts the examples whose largest output is that of another class; null if there is not one label for each example.</summary>
    /// <param name="update">Updates done before.</param>
    /// <param name="outputs">[examples, units].</param>
    /// <param name="units">Units of the output layer, 2 or more.</param>
    /// <param name="labels">[examples].</param>
    public static CurvePoint? OfClasses(long update, float[] outputs, int units, int[] labels)
    {
        if (units < 2 || labels.Length == 0 || outputs.Length != labels.Length * units)
            return null;
        var wrong = 0;
        foreach (var (n, label) in labels.Index())
        {
            var best = 0;
            for (var k = 1; k < units; k++)
                if (outputs[n * units + k] > outputs[n * units + best])
                    best = k;
            wrong += best == label ? 0 : 1;
        }
        return new(update, "train", double.NaN, 100.0 * wrong / labels.Length);
    }

    /// <summary>Counts the outputs on the other side of a limit than their targets, 0 or 1.</summary>
    /// <param name="update">Updates done before.</param>
    /// <param name="outputs">Any number.</param>
    /// <param name="limit">What is above says yes.</param>
    /// <param name="targets">One for each output.</param>
    public static CurvePoint OfYesNo(long update, float[] outputs, float limit, float[] targets) =>
        new(update, "train", double.NaN, 100.0 * outputs.Zip(targets).Average(pair => pair.First > limit == pair.Second > 0.5f ? 0 : 1));

    /// <summary>Computes <c>1 - R^2</c> in per cent, as a study does, and RMSE and MAE.</summary>
    /// <param name="update">Updates done before.</param>
    /// <param name="outputs">[examples, units].</param>
    /// <param name="units">Units of the output layer.</param>
    /// <param name="targets">[examples, units].</param>
    public static CurvePoint OfValues(long update, float[] outputs, int units, float[] targets)
    {
        var means = new double[units];
        foreach (var (k, target) in targets.Index())
            means[k % units] += (double)target * units / targets.Length;
        var (left, all, absolute) = (0.0, 0.0, 0.0);
        foreach (var (k, target) in targets.Index())
        {
            var (difference, deviation) = ((double)outputs[k] - target, target - means[k % units]);
            left += difference * difference;
            all += deviation * deviation;
            absolute += Math.Abs(difference);
        }
        return new(update, "train", double.NaN, all == 0 ? double.NaN : 100 * left / all)
        {
            Rmse = Math.Sqrt(left / targets.Length), Mae = absolute / targets.Length,
        };
    }
}
