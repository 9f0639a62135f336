using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Tests.Training;

/// <summary>RMSE, MAE and R^2 of numbers, against their definitions over the outputs themselves.</summary>
public sealed class ResidualTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sonde-residuals-").FullName;

    [Theory]
    [InlineData("reference")]
    [InlineData(null)]
    public void PointsOfACurve_AreWhatTheOutputsSay(string? kernels)
    {
        var path = Path.Combine(folder, "data.csv");
        File.WriteAllText(path, "x,y,a,b\n" + string.Concat(Enumerable.Range(0, 400).Select(i => FormattableString.Invariant(
            $"{Math.Sin(i)},{Math.Cos(3 * i)},{10 + Math.Sin(i) * 4},{Math.Cos(3 * i) - 1}\n"))));
        var setting = new DatasetSetting
        {
            Name = "arrays", Path = path, Arrays = new() { Task = TargetKind.Values, Label = "a,b", Validation = 60, Test = 70 },
        };
        var data = ArrayFiles.Open(setting.Path, setting.Arrays, 1, new DataFolder(folder, null, null));
        var network = new Network(data.Inputs, [5], 2, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("mse")!)
        {
            Output = OutputList.Find("linear")!, Targets = data.Targets,
        };
        var log = new MemoryLog();
        using var engine = Engine.Create(network, 10, new Sgd(0.05f), 2, kernels);
        new Trainer(engine, data, new() { Updates = 300, Batch = 10, EvaluateEvery = 150, CheckpointEvery = 300 }, [], 0, log, TimeProvider.System)
            .Run(null, CancellationToken.None);
        var parameters = Parameters.Empty(network);
        engine.Save(parameters);
        using var trained = new TrainedNetwork(network, parameters, 1, kernels);
        var (inputs, labels) = data.OpenFirst(1000, Split.Test, 1).Read();
        var outputs = trained.Probabilities(inputs);
        var targets = labels.SelectMany(label => data.Targets!.Row(label).ToArray()).ToList();
        var errors = outputs.Zip(targets, (output, target) => (double)output - target).ToList();
        var last = log.Curve.Last(point => point.Split == "test");
        Assert.Equal(70, labels.Length);
        Tolerances.AssertClose(Math.Sqrt(errors.Average(error => error * error)), last.Rmse!.Value, 1e-6);
        Tolerances.AssertClose(errors.Average(Math.Abs), last.Mae!.Value, 1e-6);
        // R^2 over both outputs together, each around its own mean.
        var means = Enumerable.Range(0, 2).Select(k => targets.Where((_, i) => i % 2 == k).Average()).ToList();
        var unexplained = errors.Sum(error => error * error) / targets.Select((target, i) => Math.Pow(target - means[i % 2], 2)).Sum();
        Tolerances.AssertClose(100 * unexplained, last.Error, 1e-6);
        Assert.InRange(last.Error, 0, 20);
        var evaluation = trained.Evaluate(data);
        Assert.Equal((last.Rmse, last.Mae, last.Error), (evaluation.Rmse, evaluation.Mae, evaluation.Error));
        // A point of the training curve pools mini-batches, each before its update.
        Assert.All(log.Curve.Where(point => point.Split == "train"), point => Assert.True(point.Mae > 0 && point.Rmse >= point.Mae));
    }

    [Fact]
    public void Classes_HaveNone()
    {
        using var trained = new TrainedNetwork(SmallTrial.Network, Parameters.Initialize(SmallTrial.Network, 3));
        Assert.Null(trained.Evaluate(new Engines.Corners()).Rmse);
        Assert.Null(trained.Evaluate(new Engines.Corners()).Mae);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
