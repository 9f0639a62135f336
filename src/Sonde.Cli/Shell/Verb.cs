using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sonde.Cli.Shell;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class Verb : Command
{
    /// <summary>Creates a verb.</summary>
    /// <param name="name">The word that is typed.</param>
    /// <param name="description">One to three sentences.</param>
    /// <param name="examples">Command lines; a remark follows <c>#</c>.</param>
    public Verb(string name, string description, params string[] examples) : base(name, description)
    {
        Examples = examples;
        Add(new HelpOption { Action = new WriteHelp(this) });
    }

    /// <summary>Command lines that the help shows.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>What is typed to reach the verb: <c>sonde data build</c>.</summary>
    public string Path => Parents.OfType<Verb>().FirstOrDefault() is { } parent ? $"{parent.Path} {Name}" : Name;

    /// <summary>True if a command line asks for help, which the parser answers even if the rest of the line is wrong.</summary>
    public static bool IsHelp(ParseResult parsed) => parsed.Action is WriteHelp;

    private sealed class WriteHelp(Verb verb) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            foreach (var line in HelpText.Lines(verb, verb.Path))
                Terminal.Output.WriteLine(line);
            return ExitCode.Done;
        }
    }
}
