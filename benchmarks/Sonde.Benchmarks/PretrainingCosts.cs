using System.CommandLine;
using Sonde.Measuring;
using Sonde.Pretraining;
using Sonde.Running.Limits;

namespace Sonde.Benchmarks;

/// <summary>Updates of each layer of the paper's network as an autoencoder, by each cost of reconstructions, and an evaluation.</summary>
/// <remarks>The table has the least time of several rounds: what the machine does when nobody else uses it.</remarks>
internal static class PretrainingCosts
{
    public static Command Command()
    {
        var (threads, rounds) = (BenchmarkOption.Count("--threads", "Threads", 2), BenchmarkOption.Count("--rounds", "Times that each is timed", 10));
        var (updates, examples) = (BenchmarkOption.Count("--updates", "Updates of a round", 100),
            BenchmarkOption.Count("--examples", "Examples of an evaluation; 0 for none", 1000, least: 0));
        var command = new Command("pretraining", "Times updates and evaluations of the paper's network as autoencoders.")
        {
            threads, rounds, updates, examples,
        };
        command.SetAction(parsed => Run(parsed.GetValue(threads), parsed.GetValue(rounds), parsed.GetValue(updates), parsed.GetValue(examples)));
        return command;
    }

    private static void Run(int threads, int rounds, int updates, int evaluated)
    {
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
    }
}
