using Sonde.Benchmarks;

// Sonde's own speed. benchmarks/README.md says what the numbers mean.
return args switch
{
    // BenchmarkDotNet has a help of its own.
    [not "kernels", ..] when args.Contains("--help") || args.Contains("-h") => PrintHelp(),
    ["kernels", .. var rest] => KernelRun.Start(rest),
    ["probes", .. var rest] => ProbeCosts.Start(rest),
    ["evaluation", .. var rest] => EvaluationCosts.Start(rest),
    ["spectra", .. var rest] => SpectraCosts.Start(rest),
    ["pretraining", .. var rest] => PretrainingCosts.Start(rest),
    ["cores", .. var rest] => CoreChoices.Start(rest),
    ["scaling", .. var rest] => ScalingSimulation.Start(rest),
    _ => UpdateRunner.Start(args),
};

static int PrintHelp()
{
    Console.WriteLine("""
        Times Sonde alone. Without a first word it times updates of a network by the engine, without data and loop:

          [--threads 1,2] [--kernels NAME] [--activation tanh] [--optimizer sgd [--damping 0.02]...] [--rounds 10] [--updates 100]
          [--batch 10] [--inputs 1024] [--width 1000] [--depth 5] [--classes 9]

          kernels [BenchmarkDotNet's options] [--save]            kernels one by one; kernels --help lists the options
          probes [THREADS] [ROUNDS] [KERNELS]                     live observations, and one of 300 fixed examples
          evaluation [THREADS] [ROUNDS] [KERNELS]                 evaluations of 10,000 examples beside updates
          pretraining [THREADS] [ROUNDS] [UPDATES] [EXAMPLES]     updates and evaluations of autoencoders
          spectra [THREADS] [MATRICES] [ROWS] [COLUMNS]           singular values
          cores [--widths 30,100,300,1000] [--trials 1,2,3,8] [--seconds 8] [--rounds 1] [--save]
                                                                  how sonde run shares the cores, beside each fixed way
          scaling [--kernels vector256] [--rounds 20] [--threads 1,2,4,8,16,32,64] [--width 1000] [--depth 5] [--batch 10]
                                                                  simulates more threads than the machine has

        benchmarks/README.md says what the numbers mean.
        """);
    return 0;
}
