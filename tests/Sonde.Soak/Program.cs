using System.Globalization;
using Sonde.Soak;

// Makes the numbers in docs/reliability.md: dotnet run -c Release --project tests/Sonde.Soak -- kill 1000 | share 16 500 | overhead | leases 64 640 5
var folder = Path.Combine(Path.GetTempPath(), $"sonde-soak-{Environment.ProcessId}");
int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
try
{
    switch (args is [var what, ..] ? what : "")
    {
        case "kill":
            var killed = new KillSoak(folder, seed: Number(2, 1), Console.Out).Run(Number(1, 1000));
            Console.Out.WriteLine(killed);
            return killed is { DifferingBytes: 0, Problems.Count: 0 } ? 0 : 1;
        case "share":
            var shared = new ShareSoak(folder).Run(Number(1, 16), Number(2, 500), Console.Out);
            Console.Out.WriteLine(shared);
            return shared.Problems.Count == 0 ? 0 : 1;
        case "overhead":
            Console.Out.WriteLine(new RecordingOverhead(folder).Measure());
            return 0;
        case "leases":
            Console.Out.WriteLine(new LeaseCost(folder).Measure(Number(1, 64), Number(2, 192), Number(3, 60)));
            return 0;
        default:
            Console.Error.WriteLine("Expected one of: kill [KILLS [SEED]], share [PROCESSES [TRIALS]], overhead, leases [WORKERS [TRIALS [SECONDS]]].");
            return 2;
    }
}
finally
{
    if (Directory.Exists(folder))
        Directory.Delete(folder, recursive: true);
}
