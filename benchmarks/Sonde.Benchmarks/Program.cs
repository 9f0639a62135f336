using System.CommandLine;
using Sonde.Benchmarks;

// Sonde's own speed. benchmarks/README.md says what the numbers mean.
if (args is ["kernels", .. var options])
    return KernelRun.Start(options);
var root = UpdateRunner.Command();
// Listed here only, since BenchmarkDotNet reads its own options.
root.Add(new Command("kernels", "Times kernels one by one with BenchmarkDotNet, whose options it takes; --save writes the results."));
foreach (var command in (Command[])[ProbeCosts.Command(), EvaluationCosts.Command(), PretrainingCosts.Command(), SpectraCosts.Command(), CoreChoices.Command(),
    ScalingSimulation.Command()])
    root.Add(command);
try
{
    return root.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (ArgumentException wrong)
{
    // An optimizer knows what its settings may be.
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
