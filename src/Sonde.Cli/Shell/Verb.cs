using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sonde.Cli.Shell;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class Verb : Command
{
    /// <summary>A verb.</summary>
    /// <param name="name">The word typed.</param>
    /// <param name="description">One or two sentences.</param>
    /// <param name="examples">Command lines, each with what it does behind <c>#</c>.</param>
    public Verb(string name, string description, params string[] examples) : base(name, description) => Add(Help(examples));

    /// <summary>A help option that shows examples after the usual text.</summary>
    private static HelpOption Help(params string[] examples)
    {
        var help = new HelpOption();
        help.Action = new WithExamples((HelpAction)help.Action!, examples);
        return help;
    }

    private sealed class WithExamples(HelpAction usual, IReadOnlyList<string> examples) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = usual.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
            return code;
        }
    }
}
