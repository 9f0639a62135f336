using Sonde.Cli.Shell;

namespace Sonde.Cli.Tests.Shell;

/// <summary><c>docs/commands.md</c> and the list of verbs in README are the help texts.</summary>
public sealed class DocumentedCommandsTests
{
    private const string Mark = "<!-- verbs: made from the help texts -->", End = "<!-- end of verbs -->";

    private static IEnumerable<Verb> Verbs(Verb parent) => parent.Subcommands.OfType<Verb>();

    [Fact]
    public void Commands_AreTheHelpTexts()
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine("# Commands");
        text.WriteLine();
        text.WriteLine("This page is made from the help texts of `sonde`; `SONDE_REWRITE_DOCS=1 dotnet test -c Release` rewrites it.");
        text.WriteLine("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some trials diverged or failed, 130 interrupted and everything saved.");
        foreach (var verb in Verbs(CommandLine.Root()).SelectMany(verb => verb.Subcommands.Count == 0 ? [verb] : Verbs(verb)))
        {
            text.WriteLine();
            text.WriteLine($"## {verb.Path}");
            text.WriteLine();
            foreach (var line in HelpText.Lines(verb, verb.Path).SkipLast(1))
                text.WriteLine(line.Length == 0 ? "" : $"    {line}");
        }
        Compare("docs/commands.md", text.ToString());
    }

    [Fact]
    public void Readme_ListsEveryVerb()
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        var (start, end) = (readme.IndexOf(Mark, StringComparison.Ordinal), readme.IndexOf(End, StringComparison.Ordinal));
        Assert.True(start >= 0 && end > start, $"README.md: expected {Mark} and {End} around the list of verbs.");
        var rows = Verbs(CommandLine.Root()).Select(verb => $"| `{verb.Path}` | {verb.Description!.Split(". ")[0].TrimEnd('.')} |");
        Compare("README.md", $"{readme[..start]}{Mark}\n\n| command | what it does |\n|---|---|\n{string.Join('\n', rows)}\n\n{readme[end..]}");
    }

    private static void Compare(string path, string expected)
    {
        var file = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("SONDE_REWRITE_DOCS") == "1")
            File.WriteAllText(file, expected);
        Assert.True(File.Exists(file) && File.ReadAllText(file) == expected,
            $"{path} differs from the help texts. Run the tests once with SONDE_REWRITE_DOCS=1, and commit the file.");
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sonde.slnx")))
                folder = folder.Parent;
            return folder!.FullName;
        }
    }
}
