using Sonde.Cli;
using Sonde.Cli.Shell;

if (ProcessLimits.FindProblem() is { } problem)
{
    Console.Error.WriteLine($"sonde: {problem}");
    return ExitCode.Failed;
}
return await CommandLine.Run(args);
