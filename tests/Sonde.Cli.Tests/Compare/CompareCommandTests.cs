using System.Text.Json;

namespace Sonde.Cli.Tests.Compare;

public sealed class CompareCommandTests(SmallRun small) : IClassFixture<SmallRun>
{
    private static JsonElement Parse(Ended ended)
    {
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        return JsonDocument.Parse(ended.Output).RootElement;
    }

    [Fact]
    public void Models_AreATableWithTheBestInBoldAndAWordOnHow()
    {
        var ended = Command.Run("compare", small.Folder);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.DoesNotContain('\u001b', ended.Output);
        var lines = ended.Output.Split('\n');
        Assert.Equal("shapeset", lines[0]);
        Assert.Matches(@"^\| model +\| hidden \| learning rate \| validation error % \| test error % \| +sd \| +95 % interval \| seeds \|$", lines[2]);
        Assert.Contains(lines, line => line.StartsWith("| tanh standard ") && line.Contains(" 20x2 |"));
        Assert.Contains(lines, line => line.Contains("**"));
        Assert.Contains(lines, line => line.StartsWith("| tanh standard, sigmoid standard | "));
        Assert.Contains("Bold: the best test error, and any model that might be as good (p above 0.005; exact sign-flip test over test examples, "
            + "Holm).\n", ended.Output);
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void Json_SaysWhatTheRecordsSay()
    {
        var root = Parse(Command.Run("compare", small.Folder, "--json", "--p", "0.5", "--test", "seeds"));
        Assert.Equal(("small", small.Folder), (root.GetProperty("study").GetString(), root.GetProperty("directory").GetString()));
        Assert.Equal((0.5, "seeds"), (root.GetProperty("p").GetDouble(), root.GetProperty("test").GetString()));
        var results = Parse(Command.Run("status", small.Folder, "--json")).GetProperty("trials").EnumerateArray()
            .ToDictionary(trial => trial.GetProperty("id").GetString()!);
        double Mean(JsonElement candidate, string error) =>
            candidate.GetProperty("trials").EnumerateArray().Average(trial => results[trial.GetProperty("id").GetString()!].GetProperty(error).GetDouble());
        var task = Assert.Single(root.GetProperty("tasks").EnumerateArray().ToList());
        foreach (var model in task.GetProperty("models").EnumerateArray())
        {
            var chosen = model.GetProperty("chosen");
            var candidates = model.GetProperty("candidates").EnumerateArray();
            Assert.Equal(candidates.Min(candidate => Mean(candidate, "validationError")), Mean(chosen, "validationError"), 1e-9);
            Assert.Equal(Mean(chosen, "validationError"), chosen.GetProperty("validationError").GetProperty("mean").GetDouble(), 1e-9);
            Assert.Equal(Mean(chosen, "testError"), model.GetProperty("testError").GetProperty("mean").GetDouble(), 1e-9);
            Assert.True(model.GetProperty("isFinal").GetBoolean());
        }
        Assert.Equal(2, Assert.Single(task.GetProperty("comparisons").EnumerateArray().ToList()).GetProperty("seeds").GetInt32());
    }

    [Fact]
    public void CandidateWithADamagedTrial_IsLeftOutByName()
    {
        using var scratch = new Scratch();
        var copy = small.CopyTo(scratch);
        File.WriteAllText(Path.Combine(copy, "trials", "tanh-standard-lr0.1-s2", "trial.json"), "{}");
        Directory.Delete(Path.Combine(copy, "trials", "sigmoid-standard-lr0.01-s1"), recursive: true);
        var ended = Command.Run("compare", copy);
        Assert.Equal(0, ended.Code);
        Assert.Contains("tanh standard: 20x2 at learning rate 0.1 is left out: tanh-standard-lr0.1-s2 is damaged.\n", ended.Output);
        Assert.Contains("sigmoid standard: 20x2 at learning rate 0.01 is left out: sigmoid-standard-lr0.01-s1 is waiting.\n", ended.Output);
        Assert.Contains("sigmoid standard: some trials have not ended, so the choice may still change.\n", ended.Output);
    }

    [Fact]
    public void TwoTrials_StandSideBySide()
    {
        var ended = Command.Run("compare", small.Folder, "tanh-standard-lr0.01-s1", "sigmoid-standard-lr0.1-s1");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Matches(@"(?m)^\| network\.activation +\| +tanh \| +sigmoid \|$", ended.Output);
        Assert.DoesNotContain("network.init", ended.Output);
        var cells = ended.Output.Split('\n').Where(line => line.Contains(" / ")).Select(line => line.Split('|')).ToList();
        Assert.Equal(["0", "20", "40"], cells.Where(row => row.Length == 6).Select(row => row[1].Trim()));
        Assert.Equal(["1", "2", "output"], cells.Where(row => row.Length == 8).Select(row => row[1].Trim()));
        Assert.Matches(@"(?m)^On 60 test examples: both are right on \d+, both are wrong on \d+, .* McNemar's exact test gives p = \d\.\d{4}\. ", ended.Output);
    }

    [Fact]
    public void TwoTrialsAsJson_AddUp()
    {
        var root = Parse(Command.Run("compare", small.Folder, "tanh-standard-lr0.01-s1", "sigmoid-standard-lr0.1-s1", "--json"));
        Assert.Equal(
            ["network.activation", "training.learningRate"],
            root.GetProperty("differences").EnumerateArray().Select(d => d.GetProperty("setting").GetString()));
        Assert.Equal([0, 20, 40], root.GetProperty("curves").GetProperty("test").EnumerateArray().Select(p => p.GetProperty("update").GetInt64()));
        Assert.Equal(["1", "2", "output"], root.GetProperty("layers").EnumerateArray().Select(l => l.GetProperty("layer").GetString()));
        Assert.All(root.GetProperty("layers").EnumerateArray(), layer => Assert.True(layer.GetProperty("second").GetProperty("dCost/ds sd").GetDouble() > 0));
        var answers = root.GetProperty("answers");
        Assert.Equal(60, ((string[])["bothRight", "onlyFirstRight", "onlySecondRight", "bothWrong"]).Sum(name => answers.GetProperty(name).GetInt32()));
        Assert.Equal(
            100 * (answers.GetProperty("onlySecondRight").GetInt32() + answers.GetProperty("bothWrong").GetInt32()) / 60.0,
            root.GetProperty("curves").GetProperty("test")[2].GetProperty("first").GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData(2, "sonde: TRIALS: expected two trials or none, got 1. 'sonde status DIR' lists them.", "tanh-standard-lr0.01-s1")]
    [InlineData(2, "sonde: --p: expected a number above 0 and below 1 such as 0.005, got '2'.", "--p", "2")]
    [InlineData(2, "sonde: --test: expected examples or seeds, got 'seed'. Did you mean 'seeds'?", "--test", "seed")]
    [InlineData(2, "sonde: TRIALS: expected two different trials, got 'tanh-standard-lr0.01-s1' twice. 'sonde status DIR' lists them.",
        "tanh-standard-lr0.01-s1", "tanh-standard-lr0.01-s1")]
    [InlineData(1, "sonde: DIR: expected a trial that has begun, got 'tanh'. Did you mean 'tanh-standard-lr0.01-s1'? 'sonde status DIR' lists them.",
        "tanh", "sigmoid")]
    [InlineData(1, "sonde: DIR: expected a trial that has begun, got 'tanh-standard-lr0.01-s3'. Did you mean 'tanh-standard-lr0.01-s1'? "
        + "'sonde status DIR' lists them.", "tanh-standard-lr0.01-s3", "tanh-standard-lr0.1-s1")]
    public void WrongUse_IsOneMessageAndACode(int code, string message, params string[] arguments)
    {
        var ended = Command.Run(["compare", small.Folder, .. arguments]);
        Assert.Equal((code, "", message), (ended.Code, ended.Output, ended.Error.Split('\n')[0].Replace(small.Folder, "DIR")));
    }
}
