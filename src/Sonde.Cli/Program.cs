using Sonde.Cli;
using Sonde.Cli.Shell;

if (ProcessLimits.FindProblem() is { } problem)
{
    Console.Error.WriteLine($"sonde: {problem}");
    return ExitCode.Failed;
}
return await CommandLine.Run(args);

/// <summary>The command. Written out because ASP.NET Core would make it public.</summary>
internal sealed partial class Program;

