using System.Text.Json;

namespace Sonde.Cli.Tests.Run;

/// <summary>Halving searches by several real processes, one of which is killed.</summary>
public sealed class SearchTests
{
    private const string Study = """
        study: searched
        data: {name: shapeset, side: 16}
        network: {hidden: 30x2, activation: [tanh, sigmoid, softsign]}
        training: {updates: 8100, learningRate: [0.01, 0.1, 1]}
        probe: {every: 4000, examples: 20}
        evaluate: {every: 1000, examples: 100}
        checkpoint: {every: 500}
        search: {method: halving, first: 900, survivors: 1}
        """;

    private static readonly string[] OneThread = ["--threads", "1", "--parallel", "1"];

    [Fact]
    public void KilledWorkers_LeaveASearchThatEndsWithTheSameDecisionsAndFiles()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("searched.yaml", Study);
        Assert.Equal(0, Command.Run(["run", study, "--out", scratch["whole"], .. OneThread]).Code);

        var workers = Enumerable.Range(0, 3).Select(_ => Command.Start(["run", study, "--out", scratch["out"], "--worker", .. OneThread])).ToList();
        workers[0].Until(() => Trials(scratch["out"]).Count(trial => trial.GetProperty("updates").GetInt64() >= 900) >= 2);
        workers.ForEach(worker => worker.Kill());
        workers.ForEach(worker => worker.Finish());
        Assert.Contains(Trials(scratch["out"]), trial => trial.GetProperty("status").GetString() != "done");

        var ended = Enumerable.Range(0, 2).Select(_ => Command.Start(["run", study, "--out", scratch["out"], "--worker", .. OneThread])).ToList()
            .ConvertAll(worker => worker.Finish());
        Assert.All(ended, worker => Assert.Equal(0, worker.Code));
        RecordedNumbers.AssertSame(scratch["whole"], scratch["out"]);
        Assert.Equal(Stops(scratch["whole"]), Stops(scratch["out"]));
        Assert.Equal(0, Command.Run("verify", scratch["out"]).Code);

        var status = Command.Run("status", scratch["out"]).Output;
        Assert.Contains("stopped at rung 1", status);
        Assert.Contains("The search has trained ", status);
        Assert.Contains(" was stopped at rung 1 of 2 (validation-error ", Command.Run("compare", scratch["out"]).Output);
        Assert.Contains("<span class=\"status\">stopped at rung 1</span>", File.ReadAllText(Path.Combine(scratch["out"], "report.html")));
        using var json = JsonDocument.Parse(Command.Run("status", scratch["out"], "--json").Output);
        var stops = json.RootElement.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("stop"))
            .Where(stop => stop.ValueKind == JsonValueKind.Object).ToList();
        Assert.NotEmpty(stops);
        Assert.All(stops, stop => Assert.Equal(("rung", 2), (stop.GetProperty("reason").GetString(), stop.GetProperty("rungs").GetInt32())));
        // Again: nothing is left to do.
        Assert.Equal(0, Command.Run(["run", study, "--out", scratch["out"], .. OneThread]).Code);
        RecordedNumbers.AssertSame(scratch["whole"], scratch["out"]);
    }

    [Theory]
    [InlineData("search=halving", "search: expected settings such as {method: halving, factor: 3}, got 'halving'. Write 'search: {method: halving}'.")]
    [InlineData("search.factor=1", "search.factor: expected a whole number from 2 to 100, got '1'.")]
    [InlineData("search.first=8100", "search.first: expected a first rung below the 8100 updates of the longest trial, got 8100.")]
    [InlineData("search.by=test-error", "search.by: expected one of validation-error, validation-cost, got 'test-error'.")]
    [InlineData("search.factor=[2, 3]", "search.factor: expected one value, since a study has one search, got a list of 2.")]
    [InlineData("search.rung=5", "search.rung: expected one of the fields method, first, factor, survivors, by, got 'rung'.")]
    public void WrongSearch_IsRefused(string change, string message)
    {
        using var scratch = new Scratch();
        var refused = Command.Run("run", scratch.Write("searched.yaml", Study), "--out", scratch["out"], "--set", change);
        Assert.Equal(2, refused.Code);
        // The option itself names the field.
        Assert.Contains(message[message.IndexOf("expected", StringComparison.Ordinal)..], refused.Error);
    }

    private static List<JsonElement> Trials(string folder) => !Directory.Exists(Path.Combine(folder, "trials")) ? [] :
        [.. Directory.EnumerateFiles(Path.Combine(folder, "trials"), "trial.json", SearchOption.AllDirectories).Order().Select(file =>
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            return document.RootElement.Clone();
        })];

    private static List<string> Stops(string folder) => [.. Trials(folder).Select(trial =>
        $"{trial.GetProperty("id")} {(trial.TryGetProperty("stop", out var stop) ? stop : default)} {trial.GetProperty("rungs")}")];
}
