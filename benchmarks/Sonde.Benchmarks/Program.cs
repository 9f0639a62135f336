using Sonde.Benchmarks;

// Sonde's own speed: kernels one by one (`kernels`, BenchmarkDotNet), or updates of a whole network (anything else). See benchmarks/README.md.
return args is ["kernels", .. var rest] ? KernelRun.Start(rest) : UpdateRunner.Start(args);
