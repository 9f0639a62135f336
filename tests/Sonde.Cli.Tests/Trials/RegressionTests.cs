using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sonde.Cli.Tests.Trials;

/// <summary>Studies of numbers and of several yes-or-no answers: what every table, figure and sentence calls their errors.</summary>
public sealed class RegressionTests(RegressionTests.Runs runs) : IClassFixture<RegressionTests.Runs>
{
    [Fact]
    public void Numbers_AreJudgedByR2AndByErrorsInTheirUnit()
    {
        var status = Command.Run("status", runs.Values).Output;
        Assert.Contains("test R²  test RMSE  test MAE", status, StringComparison.Ordinal);
        Assert.Contains("The best by validation R² is ", status, StringComparison.Ordinal);
        Assert.Contains("with test R² 0.", status, StringComparison.Ordinal);
        Assert.Contains("Effect of each setting, in test R² from the mean of its values, all else equal (more is better):", status, StringComparison.Ordinal);
        Assert.Contains("Test R² over learningRate:", status, StringComparison.Ordinal);
        Assert.Contains("It learns: the test R² rose from ", status, StringComparison.Ordinal);
        Assert.DoesNotContain("error %", status, StringComparison.Ordinal);
        Assert.Contains("updates, test R² 0.", Command.Run("status", runs.Values, "--follow").Output, StringComparison.Ordinal);

        var compare = Command.Run("compare", runs.Values).Output;
        Assert.Matches(@"\| validation R² \| +test R² \|", compare);
        var pair = Command.Run("compare", runs.Values, "tanh-standard-lr0.01-s1", "tanh-standard-lr0.1-s1").Output;
        foreach (var title in (string[])["R², ", "RMSE, ", "MAE, "])
            Assert.Contains($"\n{title}tanh-standard-lr0.01-s1 / tanh-standard-lr0.1-s1", pair, StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_HoldTheSameNumbers()
    {
        var trial = JsonDocument.Parse(Command.Run("status", runs.Values, "--json").Output).RootElement.GetProperty("trials")[0];
        double Number(string name) => trial.GetProperty(name).GetDouble();
        var rmse = Number("testRmse");
        Assert.Equal(Math.Sqrt(Number("testCost")), rmse, 1e-5);
        Assert.InRange(Number("testMae"), 0.3 * rmse, rmse);
        Assert.InRange(Number("testError"), 0, 100);
        using var scratch = new Scratch();
        Assert.Equal(0, Command.Run("export", runs.Values, "--out", scratch["csv"], "--to", "csv").Code);
        var lines = File.ReadAllLines(Path.Combine(scratch["csv"], "curve.csv"));
        Assert.Equal("trial,update,split,cost,error,rmse,mae", lines[0]);
        Assert.All(lines.Skip(1).Select(line => line.Split(',')).Where(cells => cells[2] == "test"),
            cells => Assert.Equal(Math.Sqrt(double.Parse(cells[3], CultureInfo.InvariantCulture)), double.Parse(cells[5], CultureInfo.InvariantCulture), 1e-5));
        Assert.Contains("testRmse,testMae", File.ReadAllLines(Path.Combine(scratch["csv"], "trials.csv"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Report_NamesR2InItsTablesAndFigures()
    {
        var report = File.ReadAllText(Path.Combine(runs.Values, "report.html"));
        Assert.Contains("<th class=\"number\">test R²</th><th class=\"number\">RMSE</th><th class=\"number\">MAE</th>", report, StringComparison.Ordinal);
        Assert.Contains("of the test examples: the share of their targets", report, StringComparison.Ordinal);
        Assert.Contains("Test R² over learningRate", report, StringComparison.Ordinal);
        // The program of the interactive parts has words for every task.
        var page = Regex.Replace(report, "<script.*?</script>", "", RegexOptions.Singleline);
        Assert.DoesNotContain("misclassified", page, StringComparison.Ordinal);
        Assert.DoesNotContain("test error", page, StringComparison.Ordinal);
    }

    [Fact]
    public void YesOrNo_IsTheShareOfWrongOutputs()
    {
        var status = Command.Run("status", runs.Labels).Output;
        Assert.Contains("test outputs wrong %", status, StringComparison.Ordinal);
        Assert.Contains("share of wrong test outputs", status, StringComparison.Ordinal);
        var report = File.ReadAllText(Path.Combine(runs.Labels, "report.html"));
        Assert.Contains("Per cent of the outputs on the wrong side, over the test examples", report, StringComparison.Ordinal);
        Assert.DoesNotContain("misclassified", Regex.Replace(report, "<script.*?</script>", "", RegexOptions.Singleline), StringComparison.Ordinal);
    }

    /// <summary>Both studies, trained once.</summary>
    public sealed class Runs : IDisposable
    {
        private readonly Scratch scratch = new();

        public Runs()
        {
            var random = new Random(1);
            var rows = Enumerable.Range(0, 600).Select(_ => (A: 2 * random.NextDouble() - 1, B: 2 * random.NextDouble() - 1)).ToList();
            scratch.Write("values.csv", "a,b,y\n" + string.Concat(rows.Select(row => FormattableString.Invariant($"{row.A},{row.B},{row.A * 3 + row.B}\n"))));
            scratch.Write("labels.csv", "a,b,y,z\n" + string.Concat(rows.Select(row =>
                FormattableString.Invariant($"{row.A},{row.B},{(row.A > 0 ? 1 : 0)},{(row.B > row.A ? 1 : 0)}\n"))));
            Train("values", "task: values, label: y", "output: linear, cost: mse", "[0.01, 0.1]");
            Train("labels", "task: labels, label: \"y,z\"", "output: sigmoid, cost: bce", "0.3");
        }

        public string Values => scratch["values"];

        public string Labels => scratch["labels"];

        public void Dispose() => scratch.Dispose();

        private void Train(string name, string data, string network, string rates)
        {
            var ended = Command.Run("run", scratch.Write($"{name}.yaml", $$"""
                study: {{name}}
                data: {name: arrays, path: {{scratch[name + ".csv"]}}, {{data}}, validation: 100, test: 100}
                network: {hidden: 20, activation: tanh, {{network}}}
                training: {updates: 200, learningRate: {{rates}}}
                seeds: [1, 2]
                probe: {every: 100, examples: 20}
                evaluate: {every: 50, examples: 100}
                checkpoint: {every: 100}
                """), "--out", scratch[name]);
            Assert.True(ended.Code == 0, ended.Error);
        }
    }
}
