using Sonde.Data;
using Sonde.Kernels.Dense;
using Sonde.Kernels.Layers;
using Sonde.Kernels.Tallies;
using Sonde.Kernels.Threads;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Engines.Vector;

/// <summary>The layers of a network, through which a team of threads passes a mini-batch forwards and backwards.</summary>
/// <remarks>An update is one piece of work for the team: layer by layer forwards, the costs, and layer by layer backwards, where each part of a
/// layer's weights is read once for the gradients below and moved while it is in the cache. Threads meet after each layer. The bits are the
/// same for any number of them.</remarks>
internal sealed class VectorNetwork<TLanes, TOptimizer> : IDisposable
    where TLanes : struct, IVectorLanes<TLanes>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly WorkerTeam team;
    private readonly RangeSums<TLanes>[] rangeSums = new RangeSums<TLanes>[2];
    private readonly CurvaturePass<TLanes, TOptimizer>? curvature;
    private readonly DropoutMask dropout;
    // What passes on to the layer above in an update, where some activations are left out.
    private readonly PaddedMatrix?[] dropped = [];
    private readonly BatchExamples examples;
    private readonly int[] predicted;
    private readonly float[] costs;
    // Each layer's part of the squared length of the gradient, for each second example; none if the optimizer does not need it.
    private readonly double[][] squares = [];
    private readonly Action<int> update, observe;

    // What the team is working on.
    private TOptimizer moving;
    private float curvatureShare;
    private bool isBackwardNeeded, isDropping;
    private long updateNumber;

    /// <summary>Reserves the memory.</summary>
    /// <param name="network">What to compute.</param>
    /// <param name="batch">Examples of a mini-batch; dCost/ds is that of their mean cost.</param>
    /// <param name="capacity">The most examples handled at once.</param>
    /// <param name="team">The threads that work.</param>
    /// <param name="seed">The trial's seed: dropout follows from it.</param>
    public VectorNetwork(Network network, int batch, int capacity, WorkerTeam team, ulong seed)
    {
        (Network, Batch, Capacity, this.team, OutputCost) = (network, batch, capacity, team, new(network));
        (predicted, costs) = (new int[capacity], new float[capacity]);
        Inputs = new(capacity, network.Inputs, VectorLayer<TLanes, TOptimizer>.ColumnBlock, spreadRows: true);
        for (var k = 0; k < rangeSums.Length; k++)
            rangeSums[k] = new(
                capacity, Enumerable.Range(1, network.Layers).Max(network.FanOut),
                    Enumerable.Range(1, network.Layers).Max(layer => RowShare.Ranges(network.FanIn(layer))));
        Layers = [.. Enumerable.Range(1, network.Layers).Select(layer => network.ActivationOf(layer).Accept(new LayerFactory(
            network.FanIn(layer), network.FanOut(layer), capacity)))];
        examples = new(network, Inputs, team, Layers[0].OwnsRows(team.Threads));
        dropout = new(network, seed);
        if (dropout.IsNeeded)
            dropped = [.. Layers.Select((layer, i) => dropout.Has(i + 1) ? new PaddedMatrix(
                capacity, network.FanOut(i + 1), VectorLayer<TLanes, TOptimizer>.ColumnBlock, spreadRows: true) : null)];
        if (TOptimizer.NeedsNorm)
            squares = [.. Layers.Select(_ => new double[capacity])];
        if (TOptimizer.UsesCurvature)
            curvature = new(this, team);
        (update, observe) = (UpdatePart, ObservePart);
    }

    /// <summary>What is computed.</summary>
    public Network Network { get; }

    /// <summary>Examples of a mini-batch.</summary>
    public int Batch { get; }

    /// <summary>The output layer and the cost.</summary>
    public OutputCost OutputCost { get; }

    /// <summary>The layers, the output layer last.</summary>
    public VectorLayer<TLanes, TOptimizer>[] Layers { get; }

    /// <summary>[Capacity, network inputs].</summary>
    public PaddedMatrix Inputs { get; }

    /// <summary>The labels of the examples.</summary>
    public ReadOnlySpan<int> Labels => examples.Labels;

    /// <summary>The most examples handled at once.</summary>
    public int Capacity { get; }

    /// <summary>How many examples there are now.</summary>
    public int Examples => examples.Count;

    /// <summary>The optimizer of the last update, which knows the length of its gradient if it needs that.</summary>
    public TOptimizer Moved { get; private set; }

    /// <summary>How many examples the mean cost is over, whose dCost/ds layers have: in an update those that there are, else a mini-batch.</summary>
    public int MeanOver { get; private set; }

    /// <summary>Returns what a layer multiplies with its weights.</summary>
    /// <param name="index">Of the layer, from 0.</param>
    public PaddedMatrix InputOf(int index) => index == 0 ? Inputs : (isDropping ? dropped[index - 1] : null) ?? Layers[index - 1].Activation;

    /// <inheritdoc cref="BatchExamples.Copy"/>
    public void CopyExamples(ReadOnlySpan<float> newInputs, ReadOnlySpan<int> newLabels) => examples.Copy(newInputs, newLabels);

    /// <inheritdoc cref="BatchExamples.Open"/>
    public void Open(ExampleStream stream, long first, int count) => examples.Open(stream, first, count);

    /// <inheritdoc cref="BatchExamples.Of"/>
    public (int First, int End) ExamplesOf(int part) => examples.Of(part);

    /// <summary>Passes forwards and backwards, and moves every parameter.</summary>
    /// <param name="optimizer">The optimizer for this update.</param>
    /// <param name="share">How much the curvature on these examples counts in its mean; 0 to leave it out.</param>
    /// <param name="number">1 for the first update.</param>
    public void Update(TOptimizer optimizer, float share, long number)
    {
        Moved = optimizer;
        (moving, curvatureShare, updateNumber, isDropping, MeanOver) = (optimizer, share, number, dropout.IsNeeded, Examples);
        team.Run(update);
    }

    /// <summary>Passes forwards, and backwards if needed; no parameter moves.</summary>
    public void Observe(bool backwards)
    {
        (isBackwardNeeded, isDropping, MeanOver) = (backwards, false, Batch);
        team.Run(observe);
    }

    /// <summary>Returns the mean cost and how many examples were misclassified.</summary>
    public BatchResult Result()
    {
        var (cost, deviation, absolute, misclassified) = (0.0, 0.0, 0.0, 0);
        for (var n = 0; n < Examples; n++)
        {
            cost += costs[n];
            misclassified += predicted[n] == Labels[n] ? 0 : 1;
            deviation += OutputCost.Deviation(Layers[^1].Activation.Row(n), Labels[n], predicted[n]);
            absolute += OutputCost.AbsoluteDeviation(Layers[^1].Activation.Row(n), Labels[n]);
        }
        return new(cost / Examples, misclassified) { Deviation = deviation, AbsoluteDeviation = absolute };
    }

    /// <summary>Copies the parameters into an observation.</summary>
    public void CopyParameters(Observation observation)
    {
        for (var i = 0; i < Layers.Length; i++)
            Layers[i].Parameters.Save(observation.Layers[i].WeightValues, observation.Layers[i].Biases);
    }

    /// <summary>Copies costs and predicted classes into an observation, of which <paramref name="first"/> is the first example here.</summary>
    public void CopyResults(Observation observation, int first)
    {
        Array.Copy(costs, 0, observation.Costs, first, Examples);
        Array.Copy(predicted, 0, observation.Predicted, first, Examples);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        curvature?.Dispose();
        foreach (var layer in Layers)
            layer.Dispose();
        foreach (var sums in rangeSums)
            sums.Dispose();
        foreach (var matrix in dropped)
            matrix?.Dispose();
        Inputs.Dispose();
    }

    private void UpdatePart(int part)
    {
        ForwardPart(part);
        if (curvatureShare > 0)
            curvature?.Estimate(curvatureShare, part);
        if (TOptimizer.NeedsNorm)
        {
            BackwardPart(part);
            MovePart(part);
            return;
        }
        for (var i = Layers.Length - 1; i >= 0; i--)
        {
            team.Meet();
            examples.FetchNext(Layers.Length + i, 2 * Layers.Length, part);
            var below = i == 0 ? null : Layers[i - 1];
            var isFrozen = Network.IsFrozen(i + 1);
            if (!isFrozen)
                Layers[i].UpdateWeights(InputOf(i), Layers[i].Gradient, below?.Gradient, Examples, moving, part, team.Threads);
            else if (below is not null)
                Layers[i].Propagate(Layers[i].Gradient, below.Gradient, Examples, part, team.Threads);
            below?.Differentiate(below.Gradient, Examples, part, team.Threads);
            if (isDropping && i > 0 && dropped[i - 1] is not null)
                Drop(i - 1, below!.Gradient, below.Gradient, part);
            if (!isFrozen)
                Layers[i].UpdateBiases(Examples, moving, part, team.Threads);
        }
    }

    private void ObservePart(int part)
    {
        ForwardPart(part);
        if (isBackwardNeeded)
            BackwardPart(part);
    }

    private void BackwardPart(int part)
    {
        for (var i = Layers.Length - 1; i > 0; i--)
        {
            team.Meet();
            var below = Layers[i - 1];
            Layers[i].Propagate(Layers[i].Gradient, below.Gradient, Examples, part, team.Threads);
            below.Differentiate(below.Gradient, Examples, part, team.Threads);
            if (isDropping && dropped[i - 1] is not null)
                Drop(i - 1, below.Gradient, below.Gradient, part);
        }
    }

    // Moves parameters once the length of the whole gradient is known. One part computes each term of it, and every part adds all terms in one order.
    private void MovePart(int part)
    {
        team.Meet();
        for (var i = 0; i < Layers.Length; i++)
            for (var n = 2 * part; n < Examples && !Network.IsFrozen(i + 1); n += 2 * team.Threads)
                squares[i][n] = GradientNorm.SquaresOf(InputOf(i), Layers[i].Gradient, 0, Examples, n);
        team.Meet();
        var sum = 0.0;
        for (var i = 0; i < Layers.Length; i++)
            for (var n = 0; n < Examples && !Network.IsFrozen(i + 1); n += 2)
                sum += squares[i][n];
        var shortened = TOptimizer.WithNorm(moving, Math.Sqrt(Math.Max(0, sum)));
        if (part == 0)
            Moved = shortened;
        for (var i = 0; i < Layers.Length; i++)
        {
            if (Network.IsFrozen(i + 1))
                continue;
            Layers[i].UpdateWeights(InputOf(i), Layers[i].Gradient, null, Examples, shortened, part, team.Threads);
            Layers[i].UpdateBiases(Examples, shortened, part, team.Threads);
        }
    }

    private void ForwardPart(int part)
    {
        examples.Read(part);
        for (var i = 0; i < Layers.Length; i++)
        {
            examples.FetchNext(i, 2 * Layers.Length, part);
            // Two in turn: a part that is behind may still add up the last layer's sums while another is at the next.
            var sums = rangeSums[i % 2];
            Layers[i].Sum(InputOf(i), Examples, sums, part, team.Threads);
            if (i == Layers.Length - 1)
                break;
            if (Layers[i].OwnsRows(team.Threads))
                team.Meet();
            Layers[i].Activate(Examples, sums, part, team.Threads);
            if (isDropping && dropped[i] is { } passed)
                Drop(i, Layers[i].Activation, passed, part);
            // A part that owns rows of the next layer has just computed all that it needs for them.
            if (!Layers[i + 1].OwnsRows(team.Threads))
                team.Meet();
        }
        // Whole examples, which their costs need: sharing units would take one more meeting.
        team.Meet();
        var (first, end) = examples.Of(part);
        Layers[^1].CollectOutputs(first, end, rangeSums[(Layers.Length - 1) % 2], team.Threads);
        for (var n = first; n < end; n++)
            EvaluateCost(Layers[^1], n);
    }

    // The units of this part, whose activations or gradients it has just computed.
    private void Drop(int i, PaddedMatrix from, PaddedMatrix to, int part)
    {
        var (first, end) = RowShare.Of(Network.FanOut(i + 1), part, team.Threads);
        end = Math.Min(end, Network.FanOut(i + 1));
        for (var n = 0; first < end && n < Examples; n++)
            dropout.Apply(updateNumber, i + 1, n, first, from.Row(n)[first..end], to.Row(n)[first..end]);
    }

    private sealed record LayerFactory(int FanIn, int FanOut, int Examples) : IActivationVisitor<VectorLayer<TLanes, TOptimizer>>
    {
        public VectorLayer<TLanes, TOptimizer> Visit<TFunction>() where TFunction : struct, IActivation =>
            new VectorLayer<TLanes, TFunction, TOptimizer>(FanIn, FanOut, Examples);
    }

    private void EvaluateCost(VectorLayer<TLanes, TOptimizer> output, int n)
    {
        var outputs = output.Activation.Row(n);
        var gradient = output.Gradient.Row(n);
        costs[n] = OutputCost.Evaluate<float>(output.Preactivation.Row(n), Labels[n], outputs, gradient);
        foreach (ref var value in gradient)
            value /= MeanOver;
        predicted[n] = OutputCost.Predict(outputs);
    }
}
