using Sonde.Benchmarks;

// Sonde's own speed. See benchmarks/README.md.
(string Name, string Usage, Func<string[], int> Start)[] benchmarks =
[
    ("", UpdateRunner.Usage, UpdateRunner.Start),
    ("kernels", "[--save] and the options of BenchmarkDotNet", KernelRun.Start),
    ("probes", ProbeCosts.Usage, ProbeCosts.Start),
    ("evaluation", EvaluationCosts.Usage, EvaluationCosts.Start),
    ("spectra", SpectraCosts.Usage, SpectraCosts.Start),
    ("pretraining", PretrainingCosts.Usage, PretrainingCosts.Start),
    ("cores", CoreChoices.Usage, CoreChoices.Start),
    ("scaling", ScalingSimulation.Usage, ScalingSimulation.Start),
];
var (name, rest) = args is [var first, ..] && !first.StartsWith('-') ? (first, args[1..]) : ("", args);
if (benchmarks.FirstOrDefault(entry => entry.Name == name) is not { Start: { } start } || (name != "kernels" && rest.Any(word => word is "--help" or "-h")))
{
    var isAsked = rest.Any(word => word is "--help" or "-h");
    var output = isAsked ? Console.Out : Console.Error;
    if (!isAsked)
        output.WriteLine($"Unknown benchmark '{name}'.");
    output.WriteLine("Times Sonde alone: updates of a network, or what the first word says.");
    foreach (var entry in benchmarks)
        output.WriteLine($"  {$"{entry.Name} {entry.Usage}".Trim()}");
    return isAsked ? 0 : 2;
}
try
{
    return start(rest);
}
catch (Exception wrong) when (wrong is WordsException or ArgumentException)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
