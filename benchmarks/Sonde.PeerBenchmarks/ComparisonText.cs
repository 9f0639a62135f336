using System.Text;

namespace Sonde.PeerBenchmarks;

/// <summary>Comparisons as tables for people.</summary>
internal static class ComparisonText
{
    /// <summary>One workload: a line for each contestant and number of threads.</summary>
    public static string Table(Comparison comparison)
    {
        var (workload, text) = (comparison.Workload, new StringBuilder());
        text.AppendLine($"{workload.Name}: {workload} ({1e-6 * workload.FlopsPerUpdate:0.#} MFLOP an update), rounds: {comparison.Ours.Rounds.Count}");
        text.AppendLine($"{"",-22}{"threads",8}{"updates/s",11}{"ms/update",11}{"spread",8}{"GFLOP/s",9}{"of peak",9}{"of bound",9}{"Sonde is",10}");
        foreach (var of in comparison.Own.Concat(comparison.Peers))
        {
            text.Append($"{of.Name,-22}{of.Threads,8}{of.UpdatesPerSecond,11:0.0}{1e3 / of.UpdatesPerSecond,11:0.000}{of.Spread,8:0 %}");
            text.Append($"{comparison.Gigaflops(of),9:0.0}{comparison.PeakShare(of),9:0.0 %}{comparison.BoundShare(of),9:0.0 %}");
            text.AppendLine(comparison.Own.Contains(of) ? "" : $"{Times(comparison.Ratio(of)),10}");
        }
        AppendMachine(text, [comparison]);
        if (comparison.Framework is { } framework)
            text.AppendLine($"Sonde is {comparison.Ratio(framework):0.00} times as fast as the framework ({framework.Name} on {framework.Threads})");
        if (comparison.OpenBlas is { } openBlas)
            text.AppendLine($"Sonde is {comparison.Ratio(openBlas):0.00} times as fast as C over OpenBLAS (on {openBlas.Threads})");
        return text.ToString();
    }

    /// <summary>Many workloads: a line for each.</summary>
    public static string Overview(IReadOnlyList<Comparison> comparisons)
    {
        var text = new StringBuilder();
        text.Append($"{"inputs",6}{"hidden",9}{"batch",6}{"ms/update",11}{"threads",8}{"GFLOP/s",9}{"of peak",9}{"of bound",9}");
        text.AppendLine($"{"over framework",15}  {"which",-25}{"over OpenBLAS",13}");
        foreach (var comparison in comparisons)
        {
            var (workload, ours, framework) = (comparison.Workload, comparison.Ours, comparison.Framework);
            text.Append($"{workload.Inputs,6}{$"{workload.Width}x{workload.Depth}",9}{workload.Batch,6}{1e3 / ours.UpdatesPerSecond,11:0.000}{ours.Threads,8}");
            text.Append($"{comparison.Gigaflops(ours),9:0.0}{comparison.PeakShare(ours),9:0.0 %}{comparison.BoundShare(ours),9:0.0 %}");
            text.Append($"{Times(comparison.Ratio(framework)),15}  ");
            text.AppendLine($"{(framework is null ? "" : $"{framework.Name} on {framework.Threads}"),-25}{Times(comparison.Ratio(comparison.OpenBlas)),13}");
        }
        if (comparisons.Where(comparison => comparison.Framework is not null).MinBy(comparison => comparison.Ratio(comparison.Framework)) is { } least)
            text.AppendLine($"least: {least.Ratio(least.Framework):0.00} times the framework, at {least.Workload}");
        AppendMachine(text, comparisons);
        return text.ToString();
    }

    private static string Times(double? ratio) => ratio is null ? "" : $"{ratio:0.00} x";

    // Who was missing, the peak that shares are of, and how far apart the cores were.
    private static void AppendMachine(StringBuilder text, IReadOnlyList<Comparison> comparisons)
    {
        foreach (var (name, why) in comparisons.SelectMany(comparison => comparison.Missing).DistinctBy(missing => missing.Key))
            text.AppendLine($"{name,-22} {why}");
        var peaks = comparisons[0].Limits.Values.Select(
            limits => $"{1e-9 * limits.OperationsPerSecond:0} GFLOP/s on {limits.Threads} {(limits.Threads == 1 ? "thread" : "threads")}");
        text.AppendLine($"peak: {string.Join(", ", peaks)}");
        var distances = comparisons.SelectMany(comparison => comparison.CoreDistances).ToList();
        if (distances.Count > 0)
            text.AppendLine($"a cache line from core to core and back: {distances.Min():0} to {distances.Max():0} ns");
    }
}
