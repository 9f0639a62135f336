using Sonde.Benchmarks;

// Sonde's own speed: kernels one by one (`kernels`, BenchmarkDotNet), what probes cost (`probes`), evaluations (`evaluation`), singular values
// (`spectra`), autoencoders (`pretraining`), how trials share cores (`cores`), more threads than the machine has (`scaling`), or
// updates of a whole network (anything else). See benchmarks/README.md.
return args switch
{
    ["kernels", .. var rest] => KernelRun.Start(rest),
    ["probes", .. var rest] => ProbeCosts.Start(rest),
    ["evaluation", .. var rest] => EvaluationCosts.Start(rest),
    ["spectra", .. var rest] => SpectraCosts.Start(rest),
    ["pretraining", .. var rest] => PretrainingCosts.Start(rest),
    ["cores", .. var rest] => CoreChoices.Start(rest),
    ["scaling", .. var rest] => ScalingSimulation.Start(rest),
    _ => UpdateRunner.Start(args),
};
