using System.CommandLine;
using Sonde.Engines;
using Sonde.Measuring;

namespace Sonde.Benchmarks;

/// <summary>Options that several benchmarks take.</summary>
internal static class BenchmarkOption
{
    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static Option<int> Count(string name, string what, int otherwise, int least = 1) =>
        new Option<int>(name) { Description = what, DefaultValueFactory = _ => otherwise }.AtLeast(least);

    /// <summary>Whole numbers from 1 on.</summary>
    public static Option<int[]> Counts(string name, string what, params int[] otherwise) =>
        new Option<int[]>(name) { Description = what, DefaultValueFactory = _ => otherwise, AllowMultipleArgumentsPerToken = true }.Each(1);

    /// <summary>One of some words.</summary>
    public static Option<string> Word(string name, string what, string otherwise, IEnumerable<string> known)
    {
        var option = new Option<string>(name) { Description = what, DefaultValueFactory = _ => otherwise };
        option.AcceptOnlyFromAmong([.. known]);
        return option;
    }

    /// <summary>The kernels that compute.</summary>
    public static Option<string?> Kernels()
    {
        var option = new Option<string?>("--kernels") { Description = $"Which kernels (default: what {KernelChoice.Variable} says, or the fastest)" };
        option.AcceptOnlyFromAmong([.. KernelChoice.Names]);
        return option;
    }
}
