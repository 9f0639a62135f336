using Sonde.Data;
using Sonde.Networks;
using Sonde.Training;

namespace Sonde.Tests.Data.Arrays;

/// <summary>Targets beside the examples: numbers and answers of yes or no.</summary>
public sealed class ArrayTargetsTests : ArrayFolder
{
    [Theory]
    [InlineData("price, area", "")]
    [InlineData("5,2", "")]
    [InlineData("price, size", "a column of labels called 'size'")]
    [InlineData("area, 2", "expected different columns of targets")]
    public void SeveralColumnsOfACsvFile_CanBeTargets(string label, string refusal)
    {
        Text("data.csv", "x,area,y,z,price\n" + string.Concat(Enumerable.Range(1, 60).Select(k => $"{k},{10 * k},{2 * k},{3 * k},{100 * k}\n")));
        ArraySettings settings = new() { Task = TargetKind.Values, Label = label, Validation = 10, Test = 20, Scale = InputScaling.None };
        if (refusal.Length > 0)
        {
            Assert.Contains(refusal, Assert.Throws<DataException>(() => Open(settings)).Message, StringComparison.Ordinal);
            return;
        }
        var data = Open(settings);
        Assert.Equal((2, 3, 60), (data.Targets!.Outputs, data.Inputs, data.Targets.Rows));
        var (inputs, labels) = data.ReadFirst(5, Split.Test, 1);
        for (var n = 0; n < 5; n++)
            Assert.Equal([100 * inputs[3 * n], 10 * inputs[3 * n]], data.Targets.Row(labels[n]).ToArray());
        Assert.Contains("targets in columns 5, 2", data.Account[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_GoWithTheirExamplesThroughEveryPart()
    {
        Npy("inputs.npy", "|u1", "(60, 1)", [.. Enumerable.Range(0, 60).Select(i => (byte)i)]);
        Npy("targets.npy", "<f4", "(60, 2)", [.. Enumerable.Range(0, 120).SelectMany(i => BitConverter.GetBytes(i / 2f))]);
        var data = Open(new() { Task = TargetKind.Values, Validation = 10, Test = 20, Scale = InputScaling.None });
        Assert.Equal((TargetKind.Values, 2, 60), (data.Targets!.Kind, data.Targets.Outputs, data.Targets.Rows));
        foreach (var split in Enum.GetValues<Split>())
            Assert.All(Inputs(data, split).Zip(Labels(data, split)), example =>
                Assert.Equal([example.First, example.First + 0.5f], data.Targets.Row(example.Second).ToArray()));
        Assert.Equal(60, new[] { Split.Train, Split.Validation, Split.Test }.SelectMany(split => Labels(data, split)).Distinct().Count());
        Assert.Equal(100, data.ChanceError);
        var test = Inputs(data, Split.Test);
        Assert.Equal(2 * test.Select(x => Math.Pow(x - test.Average(), 2)).Average(), data.DeviationUnit(Split.Test), 1e-3);
        Assert.Contains("2 targets per example, from 0 to 59.5", data.Account);
    }

    [Fact]
    public void StandardizedTargets_HaveMeanZeroAndSdOneOverTheTrainingPart()
    {
        Npy("inputs.npy", "|u1", "(60, 1)", [.. Enumerable.Range(0, 60).Select(i => (byte)i)]);
        Npy("targets.npy", "<f4", "(60, 2)", [.. Enumerable.Range(0, 120).SelectMany(i => BitConverter.GetBytes(i % 2 == 0 ? 1000f + i * i : 7))]);
        var data = Open(new() { Task = TargetKind.Values, Validation = 10, Test = 20, Scale = InputScaling.None, StandardizesTargets = true });
        var (inputs, labels) = (Inputs(data, Split.Train), Labels(data, Split.Train));
        List<double> squares = [.. inputs.Select(x => 1000 + 4.0 * x * x)], scaled = [.. labels.Select(label => (double)data.Targets!.Row(label)[0])];
        var (mean, sd) = (squares.Average(), Math.Sqrt(squares.Average(y => Math.Pow(y - squares.Average(), 2))));
        Assert.All(squares.Zip(scaled), pair => Assert.Equal((pair.First - mean) / sd, pair.Second, 1e-5));
        Assert.All(Inputs(data, Split.Test).Zip(Labels(data, Split.Test)), pair =>
            Assert.Equal((1000 + 4.0 * pair.First * pair.First - mean) / sd, data.Targets!.Row(pair.Second)[0], 1e-5));
        Assert.All(labels, label => Assert.Equal(0, data.Targets!.Row(label)[1]));
        Assert.Contains("targets standardized by the training part, each by its own mean and sd", data.Account);
        Assert.Contains("which alone can be standardized", Assert.Throws<DataException>(() =>
            Open(new() { Task = TargetKind.YesNo, StandardizesTargets = true })).Message, StringComparison.Ordinal);
    }

    // R² was -2.7e12 for targets that were all 0.1, and minus infinity for a single test example.
    [Theory]
    [InlineData("0.1", "0.1", 7)]
    [InlineData("1", "2", 1)]
    public void TargetsThatAreAllEqual_HaveNoR2(string even, string odd, int test)
    {
        Text("data.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 90).Select(i => $"{i},{(i % 2 == 0 ? even : odd)}\n")));
        var data = Open(new() { Task = TargetKind.Values, Label = "y", Validation = 10, Test = test });
        Assert.Equal(0, data.DeviationUnit(Split.Test));
        var network = new Network(1, [1], 1, ActivationList.Get("tanh"), InitializerList.Get("normalized"), CostList.Get("mse"));
        var point = new ErrorSums(test, 0, Deviation: 4 * test, Absolute: 2 * test).ToPoint(5, "test", 4, network, data, Split.Test);
        Assert.Equal((double.NaN, 2, 2), (point.Error, point.Rmse, point.Mae));
    }

    [Fact]
    public void ColumnOfACsvFile_CanBeANumberToLearn()
    {
        Text("data.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 600).Select(i => $"{i},{i}.5\n")));
        var data = Open(new() { Task = TargetKind.Values, Label = "y", Validation = 10, Test = 20, Scale = InputScaling.None });
        Assert.All(Inputs(data, Split.Train).Zip(Labels(data, Split.Train)), example =>
            Assert.Equal(example.First + 0.5f, data.Targets!.Row(example.Second)[0]));
    }

    [Fact]
    public void AnswersOfYesOrNo_HaveTheChanceLevelOfTheirCommonestOnes()
    {
        Npy("inputs.npy", "|u1", "(40, 1)", [.. Enumerable.Range(0, 40).Select(i => (byte)i)]);
        Npy("targets.npy", "|u1", "(40, 2)", [.. Enumerable.Range(0, 80).Select(i => (byte)(i % 2 == 0 ? 1 : i % 8 == 1 ? 1 : 0))]);
        Npy("test-inputs.npy", "|u1", "(4, 1)", [1, 2, 3, 4]);
        Npy("test-targets.npy", "|u1", "(4, 2)", [1, 0, 1, 0, 1, 1, 1, 0]);
        var data = Open(new() { Task = TargetKind.YesNo, Validation = 10, Scale = InputScaling.None });
        // The first is always yes, the second no in three of four.
        Assert.Equal(12.5, data.ChanceError);
        Assert.Equal(2, data.DeviationUnit(Split.Test));
    }

    [Fact]
    public void MissingTargets_SayWhereTheyBelong()
    {
        Npy("inputs.npy", "|u1", "(40, 1)", [.. Enumerable.Range(0, 40).Select(i => (byte)i)]);
        Npy("labels.npy", "|u1", "(40,)", new byte[40]);
        Assert.Equal($"{Folder.File("inputs.npy")}: expected its targets beside it, in targets.npy, found none. Put them there, or write `task: classes` if "
            + "the labels are classes.", Assert.Throws<DataException>(() => Open(new() { Task = TargetKind.Values })).Message);
    }
}
