namespace Sonde.Cli.Shell;

/// <summary>Stacks of errors, for those who ask for them.</summary>
internal static class ErrorTrace
{
    /// <summary>The environment variable that asks for stacks.</summary>
    public const string Variable = "SONDE_TRACE";

    /// <summary>Writes errors with their stacks to standard error if the variable is set.</summary>
    public static void Write(IEnumerable<Exception> errors)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
            return;
        foreach (var line in errors.SelectMany(error => error.ToString().Split('\n')))
            Terminal.Notice(line.TrimEnd('\r'));
    }
}
