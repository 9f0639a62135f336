using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Interop.Tensors;
using Sonde.Records.Files;
using Sonde.Running.Machines;
using Sonde.Studies.Errors;

namespace Sonde.Cli;

/// <summary>The command <c>sonde</c>: runs a verb and turns every error into one message and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line to its end.</summary>
    /// <param name="args">What was typed after <c>sonde</c>.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(string[] args)
    {
        var parsed = Root().Parse(args);
        if (UsageErrors.Of(parsed) is [_, ..] errors)
        {
            foreach (var error in errors)
                Terminal.Notice($"sonde: {error}");
            Terminal.Notice($"'{((Verb)parsed.CommandResult.Command).Path} --help' shows what can be given.");
            return ExitCode.WrongUsage;
        }
        var code = await Invoke(parsed);
        if (Terminal.Output.Failure is not { } failure || code != ExitCode.Done)
            return code;
        Terminal.Notice($"sonde: The work is done, but its result could not be written to standard output: {failure}.");
        return ExitCode.Failed;
    }

    /// <summary>Returns the whole grammar: the verbs, their arguments and options.</summary>
    /// <remarks>Not a RootCommand, which would be called after its file in the help.</remarks>
    public static Verb Root()
    {
        var root = new Verb("sonde", "Trains deep feedforward networks, watches every layer while they learn, and says why they learn or do not.",
            "sonde run first-look   # train four of the paper's networks, two to four minutes",
            "sonde studies          # the other built-in studies",
            "sonde probe            # every layer of a network before its first update")
        {
            new VersionOption(),
        };
        foreach (var verb in VerbList.All)
            root.Subcommands.Add(verb());
        return root;
    }

    private static async Task<int> Invoke(ParseResult parsed)
    {
        using var stop = new CancellationTokenSource();
        // The first signal asks the verb to stop; the second ends the process at once. A closed terminal (SIGHUP) counts like Ctrl-C.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            if (!signal.Cancel)
                Terminal.Notice("sonde: ended at once by a second signal; only what was saved before it counts");
            stop.Cancel();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = Terminal.Output, Error = Terminal.ErrorOutput,
            };
            var work = Task.Run(() => parsed.InvokeAsync(configuration, stop.Token), CancellationToken.None);
            // A verb with something to save is asynchronous and stops by itself; any other is left where it is, and the end of the process ends it.
            return await (parsed.Action is SynchronousCommandLineAction ? work.WaitAsync(stop.Token) : work);
        }
        catch (StudyException e)
        {
            // A study may have several mistakes, one per line; what it quotes of the file has no line ends.
            return Fail(e, ExitCode.WrongUsage, e.Message.Split('\n'));
        }
        // Who computes first meets the name; verbs that only read may do without.
        catch (ArgumentException e) when (ForcedKernels.Problem is { } problem)
        {
            return Fail(e, ExitCode.WrongUsage, problem);
        }
        catch (Exception e) when (e is DataException or RecordException or InteropException)
        {
            return Fail(e, ExitCode.Failed, e.Message);
        }
        catch (OperationCanceledException e)
        {
            return Fail(e, ExitCode.Interrupted, "interrupted");
        }
#pragma warning disable CA1031 // The last resort: a line that a person can act on instead of a stack.
        catch (Exception e)
        {
            return Fail(e, ExitCode.Failed, ErrorSentence.Of(e));
        }
#pragma warning restore CA1031
    }

    private static int Fail(Exception error, int code, params string[] lines)
    {
        for (var k = 0; k < lines.Length; k++)
            Terminal.Notice(k == 0 ? $"sonde: {lines[k]}" : lines[k]);
        ErrorTrace.Write([error]);
        return code;
    }
}
