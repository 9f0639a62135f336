using System.Text.Json;
using Sonde.Networks;

namespace Sonde.Cli.Tests;

public sealed class CommandLineTests
{
    private const char Escape = '\u001b';

    private static IEnumerable<string> Verbs() =>
        Command.Run("--help").Output.Split("Commands:\n")[1].Split("\n\n")[0].Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)
            && line[2] != ' ')
            .Select(line => line.Trim().Split(' ')[0]);

    [Fact]
    public void Help_OfEveryVerbEndsWithExamples()
    {
        var verbs = Verbs().ToList();
        Assert.Superset(new HashSet<string> { "run", "studies", "probe", "status", "verify", "report", "doctor" }, verbs.ToHashSet());
        Assert.All(verbs, verb =>
        {
            var help = Command.Run(verb, "--help");
            Assert.Equal((0, ""), (help.Code, help.Error));
            Assert.Contains($"sonde {verb}", help.Output);
            Assert.Contains("Examples:\n", help.Output);
            Assert.DoesNotContain(Escape, help.Output);
        });
    }

    [Fact]
    public void SeveralMistakesOfAStudy_HaveALineEach()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("s.yaml", "study: s\nnetwork: {init: xavier}\ntraining: {lr: 0.1, batch_size: 32}\n");
        var ended = Command.Run("run", file, "--dry-run");
        Assert.Equal(2, ended.Code);
        var lines = ended.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"sonde: {file}:2:17: network.init: ", lines[0]);
        Assert.StartsWith($"{file}:3:12: training.lr: ", lines[1]);
        Assert.EndsWith("Write 'batch: 32'.", lines[2]);
    }

    [Fact]
    public void Version_IsPrinted()
    {
        var version = Command.Run("--version");
        Assert.Equal(0, version.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+", version.Output);
    }

    [Theory]
    [InlineData("sonde: Unknown command 'rnu'. Did you mean 'run'?\n'sonde --help' shows what can be given.\n", "rnu")]
    [InlineData("sonde: Unknown command 'rnu'. Did you mean 'run'?\n'sonde --help' shows what can be given.\n", "rnu", "--help")]
    [InlineData("sonde: Unknown command 'lst'. Did you mean 'list'?\n'sonde data --help' shows what can be given.\n", "data", "lst")]
    [InlineData("sonde: 'sonde' needs a command, such as 'sonde run first-look'.\n'sonde --help' shows what can be given.\n")]
    [InlineData("sonde: 'sonde run' needs STUDY|DIR, such as 'sonde run first-look'.\n'sonde run --help' shows what can be given.\n", "run")]
    [InlineData("sonde: Unknown option '--thread'. Did you mean '--threads'?\n'sonde run --help' shows what can be given.\n", "run",
        "first-look", "--thread", "2")]
    [InlineData("sonde: Unknown option '--updates'. To change this field of the study, write --set training.updates=VALUE.\n"
        + "'sonde run --help' shows what can be given.\n", "run", "first-look", "--updates", "3")]
    [InlineData("sonde: Unknown option '--learning-rate=0.1'. To change this field of the study, write --set training.learningRate=0.1.\n"
        + "'sonde probe --help' shows what can be given.\n", "probe", "--learning-rate=0.1")]
    [InlineData("sonde: Unknown option '--activation=tanhh'. To change this field of the study, write --set network.activation=tanh.\n"
        + "'sonde run --help' shows what can be given.\n", "run", "first-look", "--activation=tanhh")]
    [InlineData("sonde: Unknown option '--learning-rate=fast'. To change this field of the study, write --set training.learningRate=VALUE.\n"
        + "'sonde run --help' shows what can be given.\n", "run", "first-look", "--learning-rate=fast")]
    [InlineData("sonde: Unknown option '--updates'.\n'sonde status --help' shows what can be given.\n", "status", "--updates")]
    [InlineData("sonde: --threads: expected a whole number from 1 to 1024, got '0'.\n'sonde run --help' shows what can be given.\n", "run", "first-look",
        "--threads", "0")]
    [InlineData("sonde: --parallel: expected a whole number from 1 to 1024, got 'x'.\n'sonde run --help' shows what can be given.\n", "run", "first-look",
        "--parallel", "x")]
    [InlineData("sonde: Unexpected 'extra'.\n'sonde doctor --help' shows what can be given.\n", "doctor", "extra")]
    [InlineData("sonde: Unknown option '--folow'. Did you mean '--follow'?\n'sonde status --help' shows what can be given.\n", "status", "--folow")]
    [InlineData("sonde: --out: expected a path, got an empty text. Give a path, or leave --out out.\n'sonde run --help' shows what can be given.\n", "run",
        "first-look", "--out", "")]
    [InlineData("sonde: --data-dir: expected a path, got '~/d', in which the shell has not replaced ~. Write \"$HOME/d\" instead.\n"
        + "'sonde doctor --help' shows what can be given.\n", "doctor", "--data-dir=~/d")]
    [InlineData("sonde: --scale: expected one of quick, evening, standard, full, got 'quik'. Did you mean 'quick'?\n"
        + "'sonde paper --help' shows what can be given.\n", "paper", "--scale", "quik")]
    [InlineData("sonde: --seed: expected a whole number of 0 or more, got 'x'.\n'sonde svm --help' shows what can be given.\n", "svm", "--seed", "x")]
    public void WrongUsage_IsQuietAndExitsWith2(string error, params string[] arguments) => Assert.Equal(new(2, "", error), Command.Run(arguments));

    [Fact]
    public void TypoInAStudy_NamesFileLineAndTheNearestName()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("typo.yaml", "study: typo\nnetwork:\n  activation: tahn\n");
        var ended = Command.Run("run", file, "--out", scratch["out"]);
        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Equal($"sonde: {file}:3:15: network.activation: expected one of {string.Join(", ", ActivationList.All)}, got 'tahn'. Did you mean 'tanh'?\n",
            ended.Error);
        Assert.False(Directory.Exists(scratch["out"]));
    }

    [Fact]
    public void UnknownStudy_NamesTheNearest()
    {
        var ended = Command.Run("run", "frist-look");
        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Contains("There is no study 'frist-look'. Did you mean 'first-look'?", ended.Error);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("verify")]
    [InlineData("report")]
    public void MissingRunFolder_IsOneMessageAndExit1(string verb)
    {
        using var scratch = new Scratch();
        var ended = Command.Run(verb, scratch["none"]);
        Assert.Equal((1, ""), (ended.Code, ended.Output));
        Assert.Equal($"sonde: {scratch["none"]}: expected a run folder, found nothing there. Give the folder that 'sonde run STUDY --out DIR' wrote.\n",
            ended.Error);
    }

    [Fact]
    public void MissingData_IsOneMessageAndExit1()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("m.yaml", "study: m\ndata: mnist\n");
        var ended = Command.Run("run", file, "--out", scratch["out"], "--data-dir", scratch["data"]);
        if (ended.Code == 0)
            Assert.Skip("This machine's user has MNIST, so it is not missing");
        Assert.Equal((1, ""), (ended.Code, ended.Output));
        Assert.StartsWith("sonde: mnist: expected its four files", ended.Error);
        Assert.False(Directory.Exists(scratch["out"]));
    }

    [Fact]
    public void Studies_ListsNamesWithWhatTheyShow()
    {
        var ended = Command.Run("studies");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Contains("first-look  ", ended.Output);
        Assert.DoesNotContain(Escape, ended.Output);
    }

    [Fact]
    public void Schema_IsOneDocument()
    {
        var ended = Command.Run("studies", "--schema");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        using var schema = JsonDocument.Parse(ended.Output);
        Assert.Equal("http://json-schema.org/draft-07/schema#", schema.RootElement.GetProperty("$schema").GetString());
    }

    [Fact]
    public void StudyPrinted_RunsAsAFile()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("mine.yaml", Command.Run("studies", "first-look").Output);
        var ended = Command.Run("run", file, "--set", "training.updates=-1", "--out", scratch["out"]);
        Assert.Equal(2, ended.Code);
        Assert.StartsWith("sonde: --set training.updates=-1: expected a whole number from 0 to ", ended.Error);
    }

    [Theory]
    [InlineData("studies", "studies")]
    [InlineData("doctor", "kernels")]
    public void Json_IsOneDocument(string verb, string property)
    {
        var ended = Command.Run(verb, "--json");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        using var document = JsonDocument.Parse(ended.Output);
        Assert.True(document.RootElement.GetProperty(property).GetArrayLength() > 0);
    }

    [Fact]
    public void DoctorBench_SaysWhatUpdatesTakeAtLeastAndWhatLimitsThem()
    {
        var ended = Command.Run("doctor", "--bench", "--json");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        using var document = JsonDocument.Parse(ended.Output);
        var limits = document.RootElement.GetProperty("limits");
        Assert.Equal(1, limits.GetProperty("byThreads")[0].GetProperty("threads").GetInt32());
        Assert.All(limits.GetProperty("updates").EnumerateArray(), update =>
        {
            Assert.Contains(update.GetProperty("limit").GetString(), new[] { "arithmetic", "memory" });
            Assert.Equal(update.GetProperty("leastMilliseconds").GetDouble() / update.GetProperty("milliseconds").GetDouble(),
                update.GetProperty("share").GetDouble(), 6);
        });
        var text = Command.Run("doctor", "--bench").Output;
        Assert.All(["arithmetic, GFLOP/s", "16 KB of memory, GB/s", "784 -> 100 x 2 -> 10", "of the limit"], word => Assert.Contains(word, text));
    }

    [Fact]
    public void Doctor_SaysWhatTheMachineOffers()
    {
        var ended = Command.Run("doctor");
        Assert.Equal(0, ended.Code);
        Assert.All(["vectorBits", "kernels", "cores", "caches", "gpu", "shapeset: drawn, needs no files"], word => Assert.Contains(word, ended.Output));
    }
}
