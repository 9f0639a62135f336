using System.Text.Json.Nodes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Properties;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;
using Sonde.Measuring;

namespace Sonde.Benchmarks;

/// <summary>Kernels timed one by one with BenchmarkDotNet, whose options it takes.</summary>
internal static class KernelRun
{
    /// <summary>Runs what the options choose; <c>--save</c> writes the results below benchmarks/results.</summary>
    public static int Start(string[] args)
    {
        var save = args.Contains("--save");
        string[] options = [.. args.Where(option => option != "--save")];
        // Without a choice it would ask on the terminal.
        if (options.Length == 0)
            options = ["--filter", "*"];
        // BenchmarkDotNet looks for the project to build below the current folder.
        Environment.CurrentDirectory = ResultsFolder.Checkout;
        var job = Job.Default.WithWarmupCount(4).WithIterationCount(8).WithIterationTime(TimeInterval.FromMilliseconds(150));
        var config = DefaultConfig.Instance.AddJob(job).AddColumn(StatisticColumn.Median, new RateColumn()).WithOptions(ConfigOptions.JoinSummary)
            .HideColumns("Mean", "Error", "Job", "IterationCount", "IterationTime", "WarmupCount", "Type")
            .WithArtifactsPath(Path.Combine(ResultsFolder.Checkout, "BenchmarkDotNet.Artifacts"));
        var reports = BenchmarkSwitcher.FromAssembly(typeof(KernelRun).Assembly).Run(options, config).SelectMany(summary => summary.Reports).ToList();
        if (save && reports.Count > 0)
        {
            var tool = KeyValuePair.Create("BenchmarkDotNet", BenchmarkDotNetInfo.Instance.BrandVersion);
            Console.Error.WriteLine($"wrote {ResultsFolder.Write("kernels", [tool], new JsonArray([.. reports.Select(Of)]))}");
        }
        return reports.Count > 0 && reports.TrueForAll(report => report.Success) ? 0 : 1;
    }

    private static JsonNode? Of(BenchmarkReport report) => new JsonObject
    {
        ["benchmark"] = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo,
        ["parameters"] = ResultsFolder.Texts(report.BenchmarkCase.Parameters.Items.Select(item => KeyValuePair.Create(item.Name, $"{item.Value}"))),
        ["microseconds"] = report.ResultStatistics is { } statistics ? ResultsFolder.Number(1e-3 * statistics.Median) : null,
        ["standardDeviation"] = report.ResultStatistics is { } spread ? ResultsFolder.Number(1e-3 * spread.StandardDeviation) : null,
        ["rate"] = RateColumn.Rate(report) is var (value, _) ? ResultsFolder.Number(value) : null,
        ["unit"] = RateColumn.Rate(report)?.Unit,
    };
}
