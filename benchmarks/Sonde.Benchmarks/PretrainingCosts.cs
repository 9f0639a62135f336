using Sonde.Measuring;
using Sonde.Pretraining;
using Sonde.Running.Limits;

namespace Sonde.Benchmarks;

/// <summary>Updates of each layer of the paper's network as an autoencoder, by each cost of reconstructions, and an evaluation.</summary>
/// <remarks>The table has the least time of several rounds: what the machine does when nobody else uses it.</remarks>
internal static class PretrainingCosts
{
    public const string Usage = "[THREADS] [ROUNDS] [UPDATES] [EXAMPLES]";

    public static int Start(string[] args)
    {
        var words = new Words(Usage, args);
        var (threads, rounds, updates, evaluated) =
            (words.Count("THREADS", 2), words.Count("ROUNDS", 10), words.Count("UPDATES", 100), words.Count("EXAMPLES", 1000, least: 0));
        Console.WriteLine($"{threads} threads, peak {1e-9 * ArithmeticPeak.OperationsPerSecond(threads, TimeProvider.System):0} GFLOP/s");
        Console.WriteLine($"| layer | cost | ms per update | processor ms | GFLOP/s | ms per evaluation of {evaluated} |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var cost in ReconstructionCostList.All)
            for (var layer = 1; layer <= 5; layer++)
            {
                var workload = new PretrainingWorkload(layer, cost.Name);
                using var pretraining = new OwnPretraining(workload, threads);
                for (var k = 0; k < (layer == 1 ? 3 : 1); k++)
                {
                    pretraining.Update(updates);
                    Thread.Sleep(150); // The runtime compiles its fast code in the background meanwhile.
                }
                var measured = Enumerable.Range(0, rounds).Select(_ => pretraining.Update(updates)).ToList();
                var least = measured.Min(round => round.Seconds);
                var looked = evaluated == 0 ? 0 : Enumerable.Range(0, Math.Min(3, rounds)).Min(_ => pretraining.Evaluate(evaluated));
                Console.WriteLine($"| {layer} | {cost.Name} | {1e3 * least:0.000} | {1e3 * measured.Min(round => round.ProcessorSeconds):0.000} | "
                    + $"{1e-9 * workload.FlopsPerUpdate / least:0} | {1e3 * looked:0.0} |");
            }
        return 0;
    }
}
