using System.Reflection;
using System.Text;

namespace Sonde.Cli.Tests;

/// <summary>The command inside this process: what is compiled for one call serves the next, where a process of its own would spend a second on it.</summary>
/// <remarks>What it writes is told apart from what others write at the same time by the flow of execution, which threads and tasks inherit.</remarks>
internal static class InProcess
{
    private static readonly AsyncLocal<(TextWriter Output, TextWriter Error)?> Captured = new();
    private static readonly MethodInfo Main = Assembly.Load("Sonde.Cli").EntryPoint!;

    static InProcess()
    {
        Console.SetOut(new Divided(Console.Out, captured => captured.Output));
        Console.SetError(new Divided(Console.Error, captured => captured.Error));
    }

    /// <summary>True if the command finds its output redirected, as it would in a process of its own, and none of the variables that change what it
    /// does.</summary>
    public static bool IsFaithful => Console.IsOutputRedirected && Console.IsErrorRedirected
        && Command.Variables.All(variable => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)));

    /// <summary>Runs the command and waits for its end.</summary>
    public static Ended Run(params string[] arguments) => Capture(() => (int)Main.Invoke(null, [arguments])!);

    /// <summary>Runs code and captures what it prints.</summary>
    public static Ended Capture(Func<int> code)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Captured.Value = (TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        try
        {
            return new(code(), output.ToString(), error.ToString());
        }
        finally
        {
            Captured.Value = null;
        }
    }

    /// <summary>Writes to where the flow of execution is captured, else to where it went before.</summary>
    private sealed class Divided(TextWriter before, Func<(TextWriter Output, TextWriter Error), TextWriter> choose) : TextWriter
    {
        public override Encoding Encoding => before.Encoding;

        private TextWriter Now => Captured.Value is { } captured ? choose(captured) : before;

        public override void Write(char value) => Now.Write(value);

        public override void Write(string? value) => Now.Write(value);

        public override void Write(char[] buffer, int index, int count) => Now.Write(buffer, index, count);

        public override void Flush() => Now.Flush();
    }
}
