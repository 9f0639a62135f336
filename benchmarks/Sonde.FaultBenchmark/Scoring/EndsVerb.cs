using System.CommandLine;
using System.Globalization;
using Sonde.FaultBenchmark.Seeded;
using Sonde.Records.Runs;

namespace Sonde.FaultBenchmark.Scoring;

/// <summary>The command that checks the seeded cases themselves: do healthy networks learn, and do faults hurt?</summary>
internal static class EndsVerb
{
    /// <summary><c>ends</c>.</summary>
    public static Command Command()
    {
        var (into, part, only) = (SeededVerbs.Out(), SeededVerbs.PartOption(), SeededVerbs.Only());
        var command = new Command("ends", "Says how trained cases ended, and how many trials a fault hurts: one that hurts none is no fault.")
        {
            into, part, only,
        };
        command.SetAction(parsed =>
        {
            var runner = new CaseRunner(Path.GetFullPath(parsed.GetValue(into)!.FullName), Console.Error.WriteLine);
            var cases = SeededVerbs.Chosen(parsed.GetValue(part)!, parsed.GetValue(only)!).Where(runner.IsDone).ToList();
            foreach (var seeded in cases)
            {
                var ends = Ending.OfAll(RunFolder.Open(runner.FolderOf(seeded)));
                var left = string.Join(' ', ends.Select(end => end.Left.ToString("0.00", CultureInfo.InvariantCulture)));
                var healthy = seeded.IsHealthy ? null : FindHealthy(runner, seeded);
                var words = seeded.IsHealthy ? ends.All(end => end.Left <= Harm.HealthyLeft) ? "healthy" : "NOT HEALTHY"
                    : healthy is null ? "its healthy network is not trained"
                    : string.Join(' ', ends.Select(end => Harm.Of(end, healthy)).GroupBy(harm => harm).OrderBy(group => group.Key)
                        .Select(group => $"{group.Count()} {group.Key}"));
                Console.WriteLine($"{seeded.Name,-60} {left}  {words}");
            }
            return 0;
        });
        return command;
    }

    private static IReadOnlyList<Ending>? FindHealthy(CaseRunner runner, SeededCase seeded)
    {
        var healthy = CaseList.Of(seeded.Part).Single(other => other.Name == seeded.Base);
        return runner.IsDone(healthy) ? Ending.OfAll(RunFolder.Open(runner.FolderOf(healthy))) : null;
    }
}
