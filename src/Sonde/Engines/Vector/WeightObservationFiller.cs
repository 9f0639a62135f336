using Sonde.Kernels.Dense;
using Sonde.Kernels.Layers;
using Sonde.Kernels.Tallies;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Summaries;

namespace Sonde.Engines.Vector;

/// <summary>Summarizes every weight, every gradient over any number of mini-batches, and every update that these would make.</summary>
/// <param name="layers">The layers of the engine.</param>
/// <param name="queue">Runs the jobs.</param>
/// <param name="batch">Examples of a mini-batch.</param>
internal sealed class WeightObservationFiller<TLanes, TOptimizer>(
    VectorLayer<TLanes, TOptimizer>[] layers, JobQueue queue, int batch)
    where TLanes : struct, IVectorLanes<TLanes>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>Fills in what the observation needs of these.</summary>
    /// <param name="observation">Receives the summaries.</param>
    /// <param name="factors">z and dCost/ds of its examples; those after the last whole mini-batch are left out. Null if neither gradients nor updates are
    /// needed.</param>
    /// <param name="optimizer">How parameters would move next.</param>
    public void Observe(Observation observation, GradientFactors? factors, TOptimizer optimizer)
    {
        var optimizers = OptimizersOf(observation, factors, optimizer);
        var tallies = Enumerable.Range(0, layers.Length).SelectMany(i => TalliesOf(i, observation, factors, optimizers)).ToArray();
        RunPieces([.. tallies.Select(t => t.Tally)], tally => tally.Sums, (tally, piece, worker) => tally.Sum(piece, worker));
        LayerTally<TLanes>[] filled = [.. tallies.Select(t => t.Tally).Where(tally => tally.Open())];
        RunPieces(filled, tally => tally.Blocks, (tally, block, worker) => tally.Count(block, worker));
        foreach (var tally in filled)
            tally.ChooseCells();
        RunPieces(filled, tally => tally.Blocks, (tally, block, worker) => tally.Gather(block, worker));
        queue.Run(tallies.Length, (k, worker) => tallies[k].Store(tallies[k].Tally.Close(worker)));
    }

    private IEnumerable<(LayerTally<TLanes> Tally, Action<ValueSummary> Store)> TalliesOf(int i, Observation observation, GradientFactors? factors,
        TOptimizer[] optimizers)
    {
        var (seen, miniBatches) = (observation.Layers[i], observation.Examples / batch);
        var (areGradientsDue, areUpdatesDue) = (observation.Has(ObservationNeeds.WeightGradients), observation.Has(ObservationNeeds.Updates));
        // Every update of a frozen layer is 0, which is 0 times its gradient too.
        var isFrozen = observation.Network.IsFrozen(i + 1);
        var followsGradient = TOptimizer.FollowsGradient || isFrozen;
        if (areGradientsDue || (areUpdatesDue && followsGradient))
            yield return (new GradientTally<TLanes>(factors!.InputOf(i), factors.Gradients[i], batch, miniBatches), Store);
        if (areUpdatesDue && !followsGradient)
            yield return (
                new UpdateTally<TLanes, TOptimizer>(factors!.InputOf(i), factors.Gradients[i], batch, miniBatches, layers[i].Parameters, optimizers),
                updates => seen.Update = updates);
        if (observation.Has(ObservationNeeds.Weights))
            yield return (new WeightTally<TLanes>(layers[i].Parameters), weights => seen.Weight = weights);

        void Store(ValueSummary gradients)
        {
            if (areGradientsDue)
                seen.WeightGradient = gradients;
            if (areUpdatesDue && followsGradient)
                seen.Update = gradients.Times(isFrozen ? 0 : -optimizers[0].LearningRate);
        }
    }

    // One for all mini-batches; one for each if the length of its gradient changes the step.
    private TOptimizer[] OptimizersOf(Observation observation, GradientFactors? factors, TOptimizer optimizer)
    {
        if (!TOptimizer.NeedsNorm || factors is null || !observation.Has(ObservationNeeds.Updates))
            return [optimizer];
        var optimizers = new TOptimizer[observation.Examples / batch];
        queue.Run(optimizers.Length, (miniBatch, _) =>
        {
            var sum = 0.0;
            for (var i = 0; i < layers.Length; i++)
                for (var n = 0; n < batch && !observation.Network.IsFrozen(i + 1); n += 2)
                    sum += GradientNorm.SquaresOf(factors.InputOf(i), factors.Gradients[i], miniBatch * batch, batch, n);
            optimizers[miniBatch] = TOptimizer.WithNorm(optimizer, Math.Sqrt(Math.Max(0, sum)));
        });
        return optimizers;
    }

    // The pieces of all tallies, with consecutive numbers.
    private void RunPieces(LayerTally<TLanes>[] tallies, Func<LayerTally<TLanes>, int> pieces, Action<LayerTally<TLanes>, int, TallyWorker> work)
    {
        var counts = Array.ConvertAll(tallies, tally => pieces(tally));
        queue.Run(counts.Sum(), (job, worker) =>
        {
            var k = 0;
            for (; job >= counts[k]; k++)
                job -= counts[k];
            work(tallies[k], job, worker);
        });
    }
}
