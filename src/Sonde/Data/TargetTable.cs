using Sonde.Numerics.Checks;

namespace Sonde.Data;

/// <summary>The kinds of answers that a network learns to give.</summary>
public enum TargetKind
{
    /// <summary>One class of several.</summary>
    Classes,

    /// <summary>Yes or no for each output, 1 or 0.</summary>
    YesNo,

    /// <summary>A number for each output.</summary>
    Values,
}

/// <summary>What the outputs of a network are compared with: a row of numbers for each label. A label is then the number of a row instead of a class.</summary>
public sealed class TargetTable
{
    private readonly float[] values;

    /// <summary>Takes the targets, without a copy.</summary>
    /// <param name="kind">What the numbers mean.</param>
    /// <param name="outputs">Numbers per row, 1 or more.</param>
    /// <param name="values">[rows, outputs], row major.</param>
    /// <exception cref="ArgumentException">The values are not whole rows.</exception>
    public TargetTable(TargetKind kind, int outputs, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        (Kind, Outputs, this.values) = (kind, Given.AtLeast(1, outputs, nameof(outputs)), values);
        if (values.Length == 0 || values.Length % outputs != 0)
            throw new ArgumentException($"Expected one row or more of {outputs} values, got {values.Length} values. Pass whole rows.", nameof(values));
    }

    /// <summary>What the numbers mean.</summary>
    public TargetKind Kind { get; }

    /// <summary>Numbers per row.</summary>
    public int Outputs { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => values.Length / Outputs;

    /// <summary>[Rows, Outputs], row major.</summary>
    public IReadOnlyList<float> Values => values;

    /// <summary>Returns the targets of a label.</summary>
    public ReadOnlySpan<float> Row(int label) => values.AsSpan(label * Outputs, Outputs);

    /// <summary>Returns targets for a network of another number of outputs: a single number is repeated, as when it is compared with each output.</summary>
    /// <param name="outputs">Units of the output layer.</param>
    /// <exception cref="DataException">Each label has several numbers, and not as many.</exception>
    public TargetTable ForOutputs(int outputs) => outputs == Outputs ? this
        : Outputs == 1 ? new(Kind, outputs, [.. values.SelectMany(value => Enumerable.Repeat(value, outputs))])
        : throw new DataException("targets", $"{outputs} columns, one for each output of the network", $"{Outputs}",
            "Correct `network.outputs`, or leave it out.");

    /// <summary>Returns the targets of classes for a network with another number of outputs than classes: 1 for the unit of the class and 0 for all others, or,
    /// for one output, the number of the class.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="outputs">Units of the output layer.</param>
    /// <exception cref="DataException">There are fewer units than classes, and more than one.</exception>
    public static TargetTable OfClasses(int classes, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        if (outputs > 1 && outputs < classes)
            throw new DataException("targets", $"an output for each of {classes} classes, or one output", $"{outputs} outputs",
                "Correct `network.outputs`, or leave it out.");
        var values = new float[classes * outputs];
        for (var label = 0; label < classes; label++)
            values[label * outputs + (outputs == 1 ? 0 : label)] = outputs == 1 ? label : 1;
        return new(TargetKind.Classes, outputs, values);
    }

    /// <summary>Returns the variance of rows around their mean, summed over outputs: the mean squared deviation of the best constant answer.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows, 1 or more.</param>
    public double Variance(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double sum = 0;
        for (var k = 0; k < Outputs; k++)
        {
            double mean = 0, square = 0;
            for (var n = first; n < first + count; n++)
                mean += Row(n)[k];
            // Divided once: targets that are all equal then have the variance 0, and not that of a rounding error.
            mean /= count;
            for (var n = first; n < first + count; n++)
                square += (Row(n)[k] - mean) * (Row(n)[k] - mean);
            sum += square / count;
        }
        return sum;
    }

    /// <summary>Returns the share of outputs (0 to 1) on the wrong side of 0.5 if each output always gives its commonest answer.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows, 1 or more.</param>
    public double ChanceShare(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double sum = 0;
        for (var k = 0; k < Outputs; k++)
        {
            var yes = 0;
            for (var n = first; n < first + count; n++)
                yes += Row(n)[k] > 0.5f ? 1 : 0;
            sum += Math.Min(yes, count - yes) / (double)count;
        }
        return sum / Outputs;
    }
}
