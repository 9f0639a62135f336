using System.CommandLine;
using System.Diagnostics;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Numerics.Spectra;

namespace Sonde.Benchmarks;

/// <summary>How long the singular values of many matrices take, each on one thread and as many side by side as there are threads.</summary>
/// <remarks>The reduction to a bidiagonal matrix counts <c>4 n^2 (m - n / 3)</c> operations
/// for m x n, m the longer side.</remarks>
internal static class SpectraCosts
{
    public static Command Command()
    {
        var (threads, matrices, rows, columns) = (BenchmarkOption.Count("--threads", "Matrices side by side", 2),
            BenchmarkOption.Count("--matrices", "How many", 40), BenchmarkOption.Count("--rows", "Rows of each", 1000),
            BenchmarkOption.Count("--columns", "Columns of each", 1000));
        var command = new Command("spectra", "Times the singular values of many matrices.") { threads, matrices, rows, columns };
        command.SetAction(parsed => Run(parsed.GetValue(threads), parsed.GetValue(matrices), parsed.GetValue(rows), parsed.GetValue(columns)));
        return command;
    }

    private static void Run(int threads, int matrices, int rows, int columns)
    {
        var weights = Enumerable.Range(0, matrices).Select(k =>
        {
            var (random, values) = (new RandomKey(1, "spectra").Stream((ulong)k), new float[rows * columns]);
            InitializerList.Find("normalized")!.Fill(ref random, rows, columns, values);
            return values;
        }).ToArray();
        SingularValues.Of(weights[0], rows, columns);
        Thread.Sleep(200); // The runtime compiles its fast code in the background meanwhile.
        SingularValues.Of(weights[0], rows, columns);

        var means = new double[matrices];
        var start = Stopwatch.GetTimestamp();
        Parallel.For(0, matrices, new() { MaxDegreeOfParallelism = threads }, k => means[k] = SingularValues.Of(weights[k], rows, columns).Average());
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double longer = Math.Max(rows, columns), shorter = Math.Min(rows, columns);
        Console.WriteLine($"{matrices} matrices of {rows} x {columns}, {threads} threads: {seconds:0.00} s, {1e3 * seconds / matrices:0} ms each, "
            + $"{4e-9 * matrices * shorter * shorter * (longer - shorter / 3) / seconds:0.0} GFLOP/s; mean singular value {means.Average():0.0000}");
    }
}
