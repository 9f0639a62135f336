using Sonde.Data;
using Sonde.Numerics.Spectra;

namespace Sonde.Probes.Neighbours;

/// <summary>Answers examples from the others, without a network: whether inputs tell targets at all.</summary>
internal sealed class KnownAnswers
{
    private const int Neighbours = 5;

    // Shares of the mean square of an example that the penalty of the linear answer is.
    private static readonly double[] Penalties = [0.1, 1];

    private readonly int examples, outputs;
    private readonly TargetKind kind;
    private readonly double[] products, targets;

    /// <summary>Takes examples.</summary>
    /// <param name="inputs">[examples, columns], row major, finite.</param>
    /// <param name="labels">The class of each, or its row of targets.</param>
    /// <param name="columns">Values per example.</param>
    /// <param name="table">What labels stand for; null for classes.</param>
    /// <param name="classes">How many classes there are.</param>
    public KnownAnswers(float[] inputs, int[] labels, int columns, TargetTable? table, int classes)
    {
        (examples, outputs, kind) = (labels.Length, table?.Outputs ?? classes, table?.Kind ?? TargetKind.Classes);
        targets = new double[examples * outputs];
        for (var n = 0; n < examples; n++)
            for (var k = 0; k < outputs; k++)
                targets[n * outputs + k] = table is null ? labels[n] == k ? 1 : 0 : table.Row(labels[n])[k];
        products = ExampleProducts.Of(inputs, examples, columns);
    }

    /// <summary>The error of the best constant answer, in per cent.</summary>
    public double ConstantError
    {
        get
        {
            var means = Enumerable.Range(0, outputs).Select(k => Enumerable.Range(0, examples).Average(n => targets[n * outputs + k])).ToArray();
            return ErrorOf([.. Enumerable.Range(0, examples).SelectMany(_ => means)]);
        }
    }

    /// <summary>The error of answering each example as the nearest others do, in per cent.</summary>
    public double NeighbourError()
    {
        var answers = new double[targets.Length];
        var (distances, order) = (new double[examples], new int[examples]);
        for (var n = 0; n < examples; n++)
        {
            for (var m = 0; m < examples; m++)
                (distances[m], order[m]) = (m == n ? double.PositiveInfinity : products[m * examples + m] - 2 * products[n * examples + m], m);
            Array.Sort(distances, order);
            for (var near = 0; near < Math.Min(Neighbours, examples - 1); near++)
                for (var k = 0; k < outputs; k++)
                    // The nearest of all decides a tie.
                    answers[n * outputs + k] += targets[order[near] * outputs + k] * (near == 0 ? 1.1 : 1) / (Neighbours + 0.1);
        }
        return ErrorOf(answers);
    }

    /// <summary>The error of the best linear answer with a small penalty, found without the example that is answered, in per cent.</summary>
    public double LinearError() => Penalties.Min(LinearError);

    private double LinearError(double penalty)
    {
        var meanSquare = Enumerable.Range(0, examples).Average(n => products[n * examples + n]);
        var matrix = new double[products.Length];
        for (var k = 0; k < matrix.Length; k++)
            // A constant beside the inputs, so that the answer has an offset.
            matrix[k] = products[k] + meanSquare + (k % (examples + 1) == 0 ? Math.Max(penalty * meanSquare, 1e-9) : 0);
        if (!PositiveInverse.TryReplace(matrix, examples))
            return ConstantError;
        var answers = new double[targets.Length];
        for (var n = 0; n < examples; n++)
            for (var k = 0; k < outputs; k++)
            {
                var sum = 0.0;
                for (var m = 0; m < examples; m++)
                    sum += matrix[n * examples + m] * targets[m * outputs + k];
                answers[n * outputs + k] = targets[n * outputs + k] - sum / matrix[n * examples + n];
            }
        return ErrorOf(answers);
    }

    private double ErrorOf(double[] answers)
    {
        if (kind == TargetKind.Values)
        {
            var (unexplained, whole) = (0.0, 0.0);
            for (var k = 0; k < outputs; k++)
            {
                var mean = Enumerable.Range(0, examples).Average(n => targets[n * outputs + k]);
                for (var n = k; n < targets.Length; n += outputs)
                {
                    unexplained += (targets[n] - answers[n]) * (targets[n] - answers[n]);
                    whole += (targets[n] - mean) * (targets[n] - mean);
                }
            }
            return whole > 0 ? 100 * unexplained / whole : 0;
        }
        var wrong = 0;
        for (var n = 0; n < examples; n++)
        {
            var given = answers.AsSpan(n * outputs, outputs);
            var wanted = targets.AsSpan(n * outputs, outputs);
            if (kind == TargetKind.Classes)
                wrong += Largest(given) == Largest(wanted) ? 0 : outputs;
            else
                for (var k = 0; k < outputs; k++)
                    wrong += given[k] > 0.5 == wanted[k] > 0.5 ? 0 : 1;
        }
        return 100.0 * wrong / (examples * outputs);
    }

    private static int Largest(ReadOnlySpan<double> values)
    {
        var largest = 0;
        for (var k = 1; k < values.Length; k++)
            if (values[k] > values[largest])
                largest = k;
        return largest;
    }
}
