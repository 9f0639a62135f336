using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Sonde.Benchmarks;

/// <summary>The column <c>Rate</c>: work over the median time.</summary>
internal sealed class RateColumn : IColumn
{
    public string Id => "Rate";

    public string ColumnName => "Rate";

    public string Legend => "Work over the median time";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Metric;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    /// <summary>The rate of a benchmark and its unit; null if it did not run.</summary>
    public static (double Value, string Unit)? Rate(BenchmarkReport? report)
    {
        if (report?.ResultStatistics is not { } statistics)
            return null;
        var counted = (ICountedWork)Activator.CreateInstance(report.BenchmarkCase.Descriptor.Type)!;
        foreach (var parameter in report.BenchmarkCase.Parameters.Items)
            counted.GetType().GetProperty(parameter.Name)!.SetValue(counted, parameter.Value);
        var work = counted.WorkOf(report.BenchmarkCase.Descriptor.WorkloadMethod.Name);
        return (1e9 * work.Amount / statistics.Median, $"{work.Unit}/s");
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        Rate(summary[benchmarkCase]) is var (value, unit) ? $"{value.ToString(value < 1000 ? "g3" : "#,0")} {unit}" : "NA";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
