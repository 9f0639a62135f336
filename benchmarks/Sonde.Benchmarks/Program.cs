using Sonde.Benchmarks;

// Sonde's own speed. benchmarks/README.md says what the numbers mean.
(string Name, string Usage, string What, Func<string[], int> Start)[] benchmarks =
[
    ("", UpdateRunner.Usage, "updates of a network by the engine, without data and loop", UpdateRunner.Start),
    // BenchmarkDotNet has a help of its own.
    ("kernels", "[BenchmarkDotNet's options] [--save]", "kernels one by one; kernels --help lists the options", KernelRun.Start),
    ("probes", ProbeCosts.Usage, "live observations, and one of 300 fixed examples", ProbeCosts.Start),
    ("evaluation", EvaluationCosts.Usage, "evaluations of 10,000 examples beside updates", EvaluationCosts.Start),
    ("pretraining", PretrainingCosts.Usage, "updates and evaluations of autoencoders", PretrainingCosts.Start),
    ("spectra", SpectraCosts.Usage, "singular values", SpectraCosts.Start),
    ("cores", CoreChoices.Usage, "how sonde run shares the cores, beside each fixed way", CoreChoices.Start),
    ("scaling", ScalingSimulation.Usage, "simulates more threads than the machine has", ScalingSimulation.Start),
];
var (name, rest) = args is [var first, ..] && !first.StartsWith('-') ? (first, args[1..]) : ("", args);
var isHelp = name != "kernels" && args.Any(word => word is "--help" or "-h");
var start = benchmarks.FirstOrDefault(entry => entry.Name == name).Start;
if (isHelp || start is null)
{
    var output = isHelp ? Console.Out : Console.Error;
    output.WriteLine(isHelp ? "Times Sonde alone:" : $"Unknown benchmark '{name}'. Expected one of these:");
    foreach (var entry in benchmarks)
        output.WriteLine($"\n  {$"{entry.Name} {entry.Usage}".Trim()}\n      {entry.What}");
    output.WriteLine("\nbenchmarks/README.md says what the numbers mean.");
    return isHelp ? 0 : 2;
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
