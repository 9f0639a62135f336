using System.Text.Json.Nodes;
using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Diagnosis;
using Sonde.Records.Trials;

namespace Sonde.Dashboard.Tests.Serving;

public sealed class DocumentTests
{
    [Fact]
    public async Task AStudy_HasItsTrialsInItsOrder()
    {
        using var run = MadeUpRun.Done();
        await using var client = await Client.Open(run.Parent);
        var folder = (await client.Get("/api/folders"))["folders"]![0]!;
        Assert.Equal(4, (int)folder["counts"]!["done"]!);
        var study = await client.Get($"/api/study?folder={folder["key"]}");
        Assert.Equal(run.Ids, study["id"]!.AsArray().Select(id => (string)id!));
        Assert.Equal([65, 55, 45, 35], Numbers(study["testError"]!));
        Assert.Equal(["activation", "init"], study["varied"]!.AsArray().Select(setting => (string)setting!["name"]!));
        Assert.Equal("0.1", (string?)study["shared"]!["training.learningRate"]);
    }

    [Theory]
    [InlineData("values", "output: linear, cost: mse", "R²", "", 1, -0.01)]
    [InlineData("labels", "output: sigmoid, cost: bce", "outputs wrong", " %", 0, 1)]
    [InlineData("classes", "output: softmax, cost: nll", "error", " %", 0, 1)]
    public async Task Errors_HaveTheMeasureOfTheirTask(string task, string network, string name, string unit, double zero, double point)
    {
        using var run = MadeUpRun.Done($$"""
            study: made-up
            data: {name: arrays, path: x.csv, label: y, task: {{task}}}
            network: {hidden: 20x2, activation: [tanh, sigmoid], {{network}}}
            training: {learningRate: 0.1, updates: 500}
            """);
        await using var client = await Client.Open(run.Directory);
        foreach (var document in (JsonNode[])[
            (await client.Get("/api/folders"))["folders"]![0]!, await client.Get("/api/study?folder=made-up"),
            await client.Get($"/api/trial?folder=made-up&trial={run.Ids[0]}"), (await client.Get("/api/comparison?folder=made-up"))["tasks"]![0]!])
        {
            var measure = document["measure"]!;
            Assert.Equal((name, unit, zero, point), ((string?)measure["name"], (string?)measure["unit"], (double)measure["zero"]!, (double)measure["point"]!));
        }
    }

    [Fact]
    public async Task ErrorsOfSeveralTasks_AreInPerCent()
    {
        using var run = MadeUpRun.Done(MadeUpRun.OfNumbers + "\nvariants: {numbers: {}, classes: {data: shapeset, network: {output: softmax, cost: nll}}}\n");
        await using var client = await Client.Open(run.Directory);
        Assert.Equal("error", (string?)(await client.Get("/api/study?folder=made-up"))["measure"]!["name"]);
        Assert.Equal("R²", (string?)(await client.Get($"/api/trial?folder=made-up&trial={run.Ids[0]}"))["measure"]!["name"]);
    }

    [Theory]
    [InlineData("网络一")]
    [InlineData("Größe")]
    public async Task ATrialOfAnyScript_HasItsDocuments(string id)
    {
        using var run = new MadeUpRun();
        using (var trial = run.Begin(0, id))
        {
            MadeUpRun.Observe(trial, 0, 0);
            trial.Finish(TrialStatus.Done, 0, null, null, null);
        }
        await using var client = await Client.Open(run.Directory);
        Assert.Contains(id, (await client.Get("/api/study?folder=made-up"))["id"]!.AsArray().Select(trial => (string?)trial));
        Assert.Equal(id, (string?)(await client.Get($"/api/trial?folder=made-up&trial={Uri.EscapeDataString(id)}"))["id"]);
    }

    [Fact]
    public async Task Curves_AreThoseOfTheTables()
    {
        using var run = MadeUpRun.Done();
        await using var client = await Client.Open(run.Directory);
        var curves = await client.Get("/api/curves?folder=made-up&split=test");
        Assert.Single(curves["updates"]!.AsArray());
        Assert.Equal([90, 85, 80, 75, 70, 65], Numbers(curves["errors"]![0]!));
        Assert.Equal([60, 55, 50, 45, 40, 35], Numbers(curves["errors"]![3]!));
        var one = await client.Get($"/api/curves?folder=made-up&split=validation&trial={run.Ids[1]}");
        Assert.Equal([run.Ids[1]], one["id"]!.AsArray().Select(id => (string)id!));
        Assert.Equal([79, 74, 69, 64, 59, 54], Numbers(one["errors"]![0]!));
    }

    [Fact]
    public async Task ATrial_HasItsLayersAndFindingsAtEveryUpdate()
    {
        using var run = MadeUpRun.Done();
        await using var client = await Client.Open(run.Directory);
        var trial = await client.Get($"/api/trial?folder=made-up&trial={run.Ids[0]}");
        Assert.Equal([0.2, 0.21, 0.22, 0.23, 0.24, 0.25], Numbers(trial["layers"]!["activation"]!["2"]!["sd"]!));
        Assert.Equal([0, 100, 200, 300, 400, 500], Numbers(trial["recorded"]!));
        var histograms = await client.Get($"/api/histograms?folder=made-up&trial={run.Ids[0]}&quantity=activation");
        Assert.Equal([502, 504, 506, 508, 510, 512, 514, 516, 518, 520], Numbers(histograms["layers"]!["2"]!["counts"]![5]!));
        Assert.All(trial["findings"]!.AsArray(), finding => Assert.True((long)finding!["first"]! <= (long)finding["last"]!));
        var answers = await client.Get($"/api/answers?folder=made-up&trial={run.Ids[0]}");
        Assert.Equal(10, (int)answers["examples"]!);
    }

    [Fact]
    public async Task WrongAnswers_HaveTheirPicturesDrawnAgain()
    {
        using var run = new MadeUpRun();
        var answers = MadeUpRun.AlwaysClass0(50);
        run.End(0, answers: answers);
        await using var client = await Client.Open(run.Directory);
        var found = await client.Get($"/api/answers?folder=made-up&trial={run.Ids[0]}");
        Assert.Equal(answers.Count(answer => answer.Label != 0), (int)found["wrong"]!);
        Assert.Equal("triangle", (string?)found["classes"]![0]);
        var first = found["shown"]![0]!;
        var index = answers.Index().First(answer => answer.Item.Label != 0).Index;
        Assert.Equal(index, (int)first["index"]!);
        Assert.Equal([1, 32, 32], Numbers(first["shape"]!));
        // Grey level 0 is -1 and 255 is 1.
        var (inputs, _) = new ShapesetDataset().Open(Split.Test, 1).Read(index, 1);
        Assert.Equal(inputs.Select(value => (byte)Math.Round((value + 1) / 2 * 255)), Convert.FromBase64String((string)first["pixels"]!));
        Assert.All(found["shown"]!.AsArray().CountBy(example => (int)example!["label"]!), pair => Assert.InRange(pair.Value, 1, 6));
    }

    [Fact]
    public async Task AnswersToOtherExamples_HaveNoPicturesAndSayWhy()
    {
        using var run = MadeUpRun.Done();
        await using var client = await Client.Open(run.Directory);
        var found = await client.Get($"/api/answers?folder=made-up&trial={run.Ids[0]}");
        Assert.Equal("The examples of shapeset here are not those of this trial: their classes differ.", (string?)found["noPictures"]);
        Assert.Null(found["shown"]![0]!["pixels"]);
    }

    [Fact]
    public async Task FilesThatAStudyNames_AreNotOpened()
    {
        using var run = new MadeUpRun("study: made-up\ndata: {name: mnist, path: /etc}\nnetwork: {hidden: 20x2}\ntraining: {learningRate: 0.1, updates: 500}");
        run.End(0);
        await using var client = await Client.Open(run.Directory);
        var found = await client.Get($"/api/answers?folder=made-up&trial={run.Ids[0]}");
        Assert.Equal("The pages draw or read the examples of Sonde's own datasets alone, and this trial has files of its own.", (string?)found["noPictures"]);
        Assert.Equal(10, (int)found["examples"]!);
    }

    [Fact]
    public async Task AFinding_IsShownFromWhenItWasSaidUntilItWasWithdrawn()
    {
        Finding Said(long update, double confidence) => new("dead-units", "Half of layer 1 is dead.", new Dictionary<string, double>())
        {
            Id = "SO999", FirstUpdate = update, LastUpdate = update, Confidence = confidence, Layers = [1],
        };
        using var run = new MadeUpRun();
        run.End(0, findings: [Said(100, 0.9), Said(300, 0)]);
        await using var client = await Client.Open(run.Directory);
        var findings = (await client.Get($"/api/trial?folder=made-up&trial={run.Ids[0]}"))["findings"]!.AsArray();
        var withdrawn = findings.Single(finding => (string?)finding!["id"] == "SO999")!;
        Assert.Equal((100, 300, false), ((long)withdrawn["first"]!, (long)withdrawn["last"]!, (bool)withdrawn["holds"]!));
        Assert.Equal("Half of layer 1 is dead.", (string?)withdrawn["sentence"]);
        Assert.Contains(findings, finding => (bool)finding!["holds"]!);
    }

    [Fact]
    public async Task Curves_ContinueWhereTheLastAnswerEnded()
    {
        using var run = MadeUpRun.Done();
        await using var client = await Client.Open(run.Directory);
        var rest = await client.Get("/api/curves?folder=made-up&from=2");
        Assert.Equal(run.Ids.Skip(2), rest["id"]!.AsArray().Select(id => (string)id!));
        Assert.Null(rest["next"]);
        Assert.Empty((await client.Get("/api/curves?folder=made-up&from=99"))["id"]!.AsArray());
    }

    [Fact]
    public async Task DamagedAndHalfWrittenFiles_SayWhatIsWrongAndHideNoOther()
    {
        using var run = MadeUpRun.Done();
        File.WriteAllText(run.PathOf(run.Ids[0], "trial.json"), "{\"id\": \"half");
        File.WriteAllBytes(run.PathOf(run.Ids[1], "histograms/all.parquet"), [1, 2, 3]);
        File.WriteAllText(run.PathOf(run.Ids[2], "trial.json"), "");
        await using var client = await Client.Open(run.Directory);
        var study = await client.Get("/api/study?folder=made-up");
        Assert.Equal(["damaged", "done", "damaged", "done"], study["status"]!.AsArray().Select(status => (string)status!));
        Assert.Contains("expected the JSON that Sonde wrote", (string?)study["message"]![0], StringComparison.Ordinal);
        Assert.Contains("expected the JSON", (string?)(await client.Get($"/api/trial?folder=made-up&trial={run.Ids[0]}"))["problem"], StringComparison.Ordinal);
        var partly = await client.Get($"/api/trial?folder=made-up&trial={run.Ids[1]}");
        Assert.Contains("all.parquet", (string?)partly["message"], StringComparison.Ordinal);
        Assert.Equal([80, 75, 70, 65, 60, 55], Numbers(partly["curves"]!["test"]!["errors"]!));
        var curves = await client.Get("/api/curves?folder=made-up");
        Assert.Equal([60, 55, 50, 45, 40, 35], Numbers(curves["errors"]!.AsArray()[^1]!));
    }

    [Fact]
    public async Task AFileLargerThanAnyOfItsKind_IsNotRead()
    {
        using var run = MadeUpRun.Done();
        using (var large = File.OpenWrite(run.PathOf(run.Ids[0], "trial.json")))
            large.SetLength(20_000_000);
        using (var large = File.OpenWrite(run.PathOf(run.Ids[1], "curve/all.parquet")))
            large.SetLength(300_000_000);
        await using var client = await Client.Open(run.Directory);
        Assert.Contains("are too much for the dashboard", (string?)(await client.Get("/api/study?folder=made-up"))["message"]![0], StringComparison.Ordinal);
        Assert.Contains("are too much for the dashboard", (string?)(await client.Get($"/api/trial?folder=made-up&trial={run.Ids[1]}"))["problem"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AChangedTrial_IsTold()
    {
        using var run = new MadeUpRun();
        run.End(0);
        await using var client = await Client.Open(run.Directory);
        var before = await client.Get("/api/study?folder=made-up");
        Assert.Equal(["done", "waiting", "waiting", "waiting"], before["status"]!.AsArray().Select(status => (string)status!));
        using var events = await client.Listen();
        run.End(1);
        string? line;
        do
            line = await events.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line?.StartsWith("data: ", StringComparison.Ordinal) == false);
        var change = JsonNode.Parse(line!["data: ".Length..])!;
        Assert.Equal("made-up", (string?)change["folder"]);
        Assert.Equal([run.Ids[1]], change["trials"]!.AsArray().Select(id => (string)id!));
        var curves = await client.Get("/api/curves?folder=made-up");
        Assert.Equal([80, 75, 70, 65, 60, 55], Numbers(curves["errors"]![1]!));
    }

    [Fact]
    public async Task AStoppedTrial_IsNotCalledRunning()
    {
        using var run = new MadeUpRun();
        var trial = run.Begin(0);
        await using var client = await Client.Open(run.Directory);
        Assert.Equal("running", (string?)(await client.Get("/api/study?folder=made-up"))["status"]![0]);
        Assert.NotNull((string?)(await client.Get("/api/study?folder=made-up"))["writer"]![0]);
        trial.Dispose();
        using var again = new MadeUpRun();
        again.Begin(0).Dispose();
        await using var second = await Client.Open(again.Directory);
        Assert.Equal("stopped", (string?)(await second.Get("/api/study?folder=made-up"))["status"]![0]);
    }

    [Fact]
    public async Task ANewRunFolder_HasAKeyOfItsNames()
    {
        using var run = MadeUpRun.Done();
        await using var client = await Client.Open(run.Parent);
        Assert.Equal($"{Path.GetFileName(run.Parent)}/made-up", (string?)(await client.Get("/api/folders"))["folders"]![0]!["key"]);
        var none = await client.Ask("/api/study?folder=other");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task ATakenPort_SaysWhatToType()
    {
        using var run = new MadeUpRun();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        var port = new Uri(server.Address).Port;
        var taken = await Assert.ThrowsAsync<IOException>(() => DashboardServer.StartAsync([run.Directory], port));
        Assert.Equal($"Port {port} is taken by another program. Name another with --port, or --port 0 for a free one.", taken.Message);
    }

    [Fact]
    public async Task ATrialThatFailed_HasItsMessageAsText()
    {
        using var run = new MadeUpRun();
        run.End(0, TrialStatus.Diverged, "The cost became NaN at update 500.");
        await using var client = await Client.Open(run.Directory);
        Assert.Equal("The cost became NaN at update 500.", (string?)(await client.Get("/api/study?folder=made-up"))["message"]![0]);
    }

    private static double[] Numbers(JsonNode list) => [.. list.AsArray().Select(number => (double)number!)];
}
