using Sonde.Baselines.Kernels;
using Sonde.Engines;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Memory;

namespace Sonde.Baselines;

/// <summary>A classifier with the kernel <c>exp(-gamma |x - z|^2)</c>: a machine for every two classes, each of which has a vote.</summary>
/// <remarks>
/// The machine of two classes decides by the sign of <c>sum_k beta_k K(x_k, x) + b</c>; the class with the most votes wins, the lowest of several. Sources:
/// [Platt1998], [Fan2005] and, for votes, tolerance and shrinking, [Chang2011], whose decisions these equal up to the tolerance.
/// The same bits come out for any number of threads and any cache.
/// </remarks>
public sealed class SupportVectorMachine
{
    private readonly RadialKernels kernels;
    private readonly IReadOnlyList<int> classes;
    private readonly IReadOnlyList<(int First, int Second)> pairs;
    private readonly double[] means;
    private readonly float[] vectors;
    private readonly int[] starts;

    // [pair] over the support vectors of its first class, then those of its second; 0 for vectors of other pairs.
    private readonly (double[] First, double[] Second)[] coefficients;

    private SupportVectorMachine(
        SupportVectorExamples examples, SupportVectorSetting setting, RadialKernels kernels, SupportVectorTraining training, PairSolution[] solutions)
    {
        (Setting, this.kernels, classes, pairs, means) = (setting, kernels, examples.Classes, training.Pairs, examples.Means);
        // A vector of a class serves in each pair with it.
        int[][] chosen = [.. examples.Members.Select((members, index) => Enumerable.Range(0, members.Length)
            .Where(k => pairs.Select((pair, p) => (pair, p)).Any(x => x.pair.First == index ? solutions[x.p].Beta[k] != 0
                : x.pair.Second == index && solutions[x.p].Beta[examples.Members[x.pair.First].Length + k] != 0)).ToArray())];
        starts = new int[classes.Count + 1];
        for (var index = 0; index < classes.Count; index++)
            starts[index + 1] = starts[index] + chosen[index].Length;
        SupportVectors = [.. chosen.SelectMany((which, index) => which.Select(k => examples.Members[index][k]))];
        coefficients = [.. pairs.Select((pair, p) => (
            Array.ConvertAll(chosen[pair.First], k => solutions[p].Beta[k]),
            Array.ConvertAll(chosen[pair.Second], k => solutions[p].Beta[examples.Members[pair.First].Length + k])))];
        vectors = new float[SupportVectors.Count * examples.Width];
        using (var matrix = examples.Centred(SupportVectors))
            matrix.CopyTo(vectors);
        Machines = [.. pairs.Select((pair, p) => new TwoClassMachine(
            classes[pair.First], classes[pair.Second], solutions[p].Bias, solutions[p].Objective, solutions[p].Beta.Count(beta => beta != 0),
            solutions[p].Violation, solutions[p].Steps, solutions[p].RowsComputed))];
    }

    /// <summary>The setting it was trained with.</summary>
    public SupportVectorSetting Setting { get; }

    /// <summary>The kernels that trained it: a name of <see cref="KernelChoice.Names"/>.</summary>
    public string Kernels => kernels.Name;

    /// <summary>Indices of the support vectors among the examples, by class and within a class in order.</summary>
    public IReadOnlyList<int> SupportVectors { get; }

    /// <summary>The result for every two classes.</summary>
    public IReadOnlyList<TwoClassMachine> Machines { get; }

    private int Width => means.Length;

    /// <summary>Trains on examples.</summary>
    /// <param name="inputs">[labels.Length, inputs], row major.</param>
    /// <param name="labels">A class index each; some may not occur.</param>
    /// <param name="setting">C, gamma, tolerance and memory.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="progress">Receives, from any thread, how many pairs of classes are done.</param>
    /// <param name="kernels">A name of <see cref="KernelChoice.Names"/>; null means what SONDE_KERNELS says, or else the fastest.</param>
    /// <param name="cancellation">Stops within a thousand steps.</param>
    /// <exception cref="ArgumentException">The examples do not fit together, a value is not finite, fewer than two classes occur, or a setting makes no
    /// sense.</exception>
    /// <remarks>Costs about <c>2 inputs</c> operations for each entry of the kernel matrices, which together have twice the square of the number of examples,
    /// and the cost of the steps.</remarks>
    public static SupportVectorMachine Train(
        float[] inputs, int[] labels, SupportVectorSetting setting, int threads = 1, Action<int>? progress = null, string? kernels = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        setting.Check();
        var chosen = RadialKernels.FromName(kernels);
        var examples = new SupportVectorExamples(inputs, labels);
        var training = new SupportVectorTraining(examples, setting, chosen, threads);
        return new(examples, setting, chosen, training, training.Run(progress, cancellation));
    }

    /// <summary>Returns the class of each example.</summary>
    /// <param name="inputs">[examples, inputs], row major.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the inputs it was trained on.</exception>
    public int[] Predict(float[] inputs, int threads = 1, CancellationToken cancellation = default)
    {
        var (decisions, votes) = (Decide(inputs, threads, cancellation), new int[classes.Count]);
        var predicted = new int[decisions.Length / pairs.Count];
        for (var n = 0; n < predicted.Length; n++)
        {
            Array.Clear(votes);
            for (var p = 0; p < pairs.Count; p++)
                votes[decisions[n * pairs.Count + p] > 0 ? pairs[p].First : pairs[p].Second]++;
            predicted[n] = classes[Array.IndexOf(votes, votes.Max())];
        }
        return predicted;
    }

    /// <summary>Returns the decision of the machine of every two classes for each example, above 0 for its first class: [examples, pairs], in the order of
    /// <see cref="Machines"/>.</summary>
    /// <inheritdoc cref="Predict"/>
    public double[] Decide(float[] inputs, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Length % Width != 0)
            throw new ArgumentException(
                $"Expected whole examples of {Width} values, got {inputs.Length}. Pass examples like those it was trained on.", nameof(inputs));
        var decisions = new double[inputs.Length / Width * pairs.Count];
        using var examples = RadialRows.Examples(SupportVectors.Count, Width);
        examples.CopyFrom(vectors);
        var norms = new float[examples.Rows];
        kernels.Rows.SquaredNorms(examples, norms);
        using var team = new WorkerTeam(threads);
        var next = -1;
        team.Run(_ =>
        {
            using var queries = RadialRows.Examples(RadialRows.MostQueries, Width);
            using var rows = new PaddedMatrix(RadialRows.MostQueries, examples.Rows, RadialRows.ColumnBlock);
            var queryNorms = new float[queries.Rows];
            int[] slots = [.. Enumerable.Range(0, RadialRows.MostQueries)];
            for (int first; (first = Interlocked.Increment(ref next) * RadialRows.MostQueries) < inputs.Length / Width;)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = Math.Min(RadialRows.MostQueries, inputs.Length / Width - first);
                for (var b = 0; b < count; b++)
                    SupportVectorExamples.Centre(inputs.AsSpan((first + b) * Width, Width), means, queries.Row(b));
                kernels.Rows.SquaredNorms(queries, queryNorms);
                kernels.Rows.Compute(queries, queryNorms, examples, norms, (float)Setting.Gamma, 0, examples.Rows, slots.AsSpan(0, count), rows);
                for (var b = 0; b < count; b++)
                    Decide(rows.Row(b), decisions.AsSpan((first + b) * pairs.Count, pairs.Count));
            }
        });
        return decisions;
    }

    private void Decide(ReadOnlySpan<float> row, Span<double> decisions)
    {
        for (var p = 0; p < pairs.Count; p++)
            decisions[p] = Machines[p].Bias
                + WorkingPairSimd.Sum(coefficients[p].First, row[starts[pairs[p].First]..starts[pairs[p].First + 1]])
                + WorkingPairSimd.Sum(coefficients[p].Second, row[starts[pairs[p].Second]..starts[pairs[p].Second + 1]]);
    }
}
