using System.Text.RegularExpressions;
using Sonde.Interop.Tests;

namespace Sonde.Cli.Tests.Documents;

/// <summary>docs/your-network.md, followed to the letter: its files are written, its scripts and commands run.</summary>
/// <remarks>Names of files are those of a folder of the test's own; the commands run inside this process, whose working folder others share.</remarks>
public sealed partial class YourNetworkTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Documents", "your-network.md"));

    [Theory]
    [InlineData("State it", false, 2)]
    [InlineData("Import its weights", true, 1)]
    [InlineData("Record it", true, 3)]
    [InlineData("Import its curves", false, 1)]
    public void EveryWay_WorksAsItIsWritten(string way, bool isPython, int commands)
    {
        if (isPython)
            Python.Require();
        using var scratch = new Scratch();
        var section = Text.Split("\n## ").Single(part => part.StartsWith($"{way}\n", StringComparison.Ordinal));
        var run = 0;
        foreach (Match block in Block().Matches(section))
            switch (block.Groups["kind"].Value)
            {
                case "file":
                    scratch.Write(block.Groups["name"].Value, block.Groups["content"].Value);
                    break;
                case "python":
                    Python.RunIn(scratch.Folder, scratch.Write(block.Groups["name"].Value, block.Groups["content"].Value));
                    break;
                case "run":
                    foreach (var line in block.Groups["content"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    {
                        var ended = Command.Run([.. line.Split(' ').Skip(1).Select(argument => Placed(argument, scratch))]);
                        Assert.True(ended.Code == 0, $"{line}: {ended.Error}{ended.Output}");
                        run++;
                    }
                    break;
            }
        Assert.Equal(commands, run);
        if (way == "Record it")
            Assert.Contains("back-propagated gradients vanish on the way down", Command.Run("status", scratch["runs/recorded"]).Output.Replace('\n', ' '),
                StringComparison.Ordinal);
    }

    [Fact]
    public void FromDotNet_TakesLessThanTenLines()
    {
        // What the program has without Sonde.
        string[] own = ["using ", "//", "var random", "var network", "for ", "{", "}", "float[] x", "int[] y", "network.Train", "if (update", "continue"];
        var section = Text.Split("\n## ").Single(part => part.StartsWith("From .NET\n", StringComparison.Ordinal));
        var lines = section.Split("```csharp\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line is "})], x, y);" || !own.Any(beginning => line.StartsWith(beginning, StringComparison.Ordinal))).ToList();
        Assert.True(lines.Count is > 5 and < 10, string.Join('\n', lines));
    }

    // What names a file of the document: it has a dot or a slash, or is a folder that a script wrote.
    private static string Placed(string argument, Scratch scratch) =>
        argument.Contains('=', StringComparison.Ordinal) || argument.StartsWith('-') ? argument
        : argument.Contains('/', StringComparison.Ordinal) || Path.Exists(scratch[argument]) ? scratch[argument] : argument;

    [GeneratedRegex(@"<!-- (?<kind>file|python|run)(?:: (?<name>\S+))? -->\n```\w*\n(?<content>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
