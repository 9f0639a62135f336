using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Records.Files;
using Sonde.Studies.Errors;

namespace Sonde.Cli;

/// <summary>The command <c>sonde</c>: its verbs, and what becomes of errors.</summary>
internal static class CommandLine
{
    /// <summary>Parses, runs, and turns every error into one message on standard error and an exit code.</summary>
    public static async Task<int> Run(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is System.CommandLine.Invocation.ParseErrorAction)
        {
            // A name with a near neighbour explains the errors that follow from it, such as an option's value that is left over.
            var errors = parsed.Errors.Select(error => (error.Message, Hint: Hint(parsed, error))).ToList();
            foreach (var (message, hint) in errors.Exists(e => e.Hint.Length > 0) ? errors.Where(e => e.Hint.Length > 0) : errors)
                await Console.Error.WriteLineAsync($"sonde: {message}{hint}");
            await Console.Error.WriteLineAsync($"Run '{Path(parsed.CommandResult)} --help' to see what it takes.");
            return ExitCode.WrongUsage;
        }
        try
        {
            using var stop = new CancellationTokenSource();
            // A second signal ends the process where it stands. Listening before anything begins, which the parser's own handler does not.
            void Stop(PosixSignalContext signal)
            {
                signal.Cancel = !stop.IsCancellationRequested;
                stop.Cancel();
            }
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        }
        catch (StudyException e)
        {
            return await Say(e, ExitCode.WrongUsage);
        }
        catch (Exception e) when (e is DataException or RecordException)
        {
            return await Say(e, ExitCode.Failed);
        }
        catch (OperationCanceledException e)
        {
            return await Say(new OperationCanceledException("interrupted", e), ExitCode.Interrupted);
        }
#pragma warning disable CA1031 // The last resort: a line a person can act on instead of a stack.
        catch (Exception thrown)
        {
            var e = thrown is AggregateException { InnerExceptions: [var first, ..] } ? first : thrown;
            return await Say(new InvalidOperationException($"{e.GetType().Name}: {e.Message} (set {ErrorTrace.Variable}=1 to see where)", thrown), ExitCode.Failed);
        }
#pragma warning restore CA1031
    }

    /// <summary>The whole grammar.</summary>
    private static Verb Root()
    {
        // Not a RootCommand: that one is called after its file, and help would say so.
        var root = new Verb("sonde", "Sonde trains deep feedforward networks, watches every layer while they learn, and says why they learn or do not.",
            "sonde run first-look        # the paper's networks in two minutes", "sonde studies               # what else there is to run")
        {
            new VersionOption(),
        };
        foreach (var verb in VerbList.All)
            root.Subcommands.Add(verb());
        return root;
    }

    private static async Task<int> Say(Exception error, int code)
    {
        await Console.Error.WriteLineAsync($"sonde: {error.Message}");
        ErrorTrace.Write([error]);
        return code;
    }

    private static string Hint(ParseResult parsed, ParseError error)
    {
        var wrong = parsed.UnmatchedTokens.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal));
        if (wrong is null)
            return "";
        var command = parsed.CommandResult.Command;
        var names = command.Subcommands.Select(c => c.Name).Concat(command.Options.SelectMany(o => o.Aliases.Append(o.Name)))
            .Where(name => !name.StartsWith('-') || name.StartsWith("--", StringComparison.Ordinal));
        return NameSuggestion.Hint(wrong, names);
    }

    private static string Path(SymbolResult result) =>
        result is CommandResult { Parent: CommandResult parent } command ? $"{Path(parent)} {command.Command.Name}" : "sonde";
}
