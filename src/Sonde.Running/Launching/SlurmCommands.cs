using System.ComponentModel;
using System.Diagnostics;
using Sonde.Records.Files;

namespace Sonde.Running.Launching;

/// <summary>Calls Slurm's own programs, without a shell.</summary>
internal static class SlurmCommands
{
    /// <summary>Counts the jobs of a name that wait or run. Null if that cannot be known.</summary>
    /// <param name="jobName">The name.</param>
    /// <param name="problem">Why it cannot be known; null if it is.</param>
    public static int? CountJobs(string jobName, out string? problem)
    {
        // -r: one line per element of an array.
        var answer = Call("squeue", "--noheader", "--array", "--name", jobName, "--states", "PENDING,RUNNING,CONFIGURING,SUSPENDED,REQUEUED", "--format", "%i");
        problem = answer switch
        {
            null => "this machine has no squeue",
            { Code: not 0 } => $"squeue failed: {FirstLine(answer.Error)}",
            _ => null,
        };
        return problem is null ? answer!.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length : null;
    }

    /// <summary>Submits a script.</summary>
    /// <returns>The number of the job.</returns>
    /// <exception cref="RecordException">There is no <c>sbatch</c>, or it refused the script.</exception>
    public static string Submit(string script)
    {
        var answer = Call("sbatch", "--parsable", script)
            ?? throw new RecordException($"This machine has no sbatch, so nothing was submitted. Run this command on a login node of the cluster, or submit "
                + $"the script there: sbatch {SlurmScript.ShellWord(script)}");
        if (answer.Code != 0)
            throw new RecordException($"sbatch refused the script {script}: {FirstLine(answer.Error)}. Nothing was submitted. Change the option that it names, "
                + "such as --partition, --time or --account, and run the command again.");
        return answer.Output.Trim().Split(';')[0];
    }

    private static string FirstLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault()?.TrimEnd('.') ?? "no reason given";

    private static Answer? Call(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new(process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private sealed record Answer(int Code, string Output, string Error);
}
