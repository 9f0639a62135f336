using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Paper.Items;
using Sonde.Probes;
using static Sonde.Paper.Tests.MadeUpRuns;

namespace Sonde.Paper.Tests.Items;

/// <summary>Numbered figures and the table.</summary>
public sealed class ItemsTests
{
    // Test errors of PaperModel.All: softsign, softsign N, tanh, tanh N, sigmoid.
    [Theory]
    [InlineData(45, nameof(Agreement.AgreesInOrder))]
    [InlineData(75, nameof(Agreement.Differs))]
    public void Figure11_AsksThePretrainedNetworkToEndBelowTheStandardOne(double pretrained, string expected)
    {
        using var made = new MadeUpRuns { Earlier = [new(500, "test", 1, 80)] };
        foreach (var (model, error) in new[] { (PaperModel.Tanh, 70.0), (PaperModel.TanhN, 50), (PaperModel.Softsign, 60), (PaperModel.SoftsignN, 48) })
            made.Add("paper/shapeset", model, 1000, error);
        made.Add("paper/shapeset", PaperModel.Sigmoid, 1000, 83.3);
        Assert.EndsWith("No pre-trained network has been recorded yet.", new Figure11().Evaluate(made.Runs).Sentence, StringComparison.Ordinal);
        made.Add("paper/pretraining", PaperModel.Tanh, 1000, pretrained);
        var result = new Figure11().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.EndsWith($"After 1,000 updates the pre-trained network has {pretrained:0.0} %, tanh 70.0 % and tanh N 50.0 %.", result.Sentence,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 16.3, 16.0, 27.0, 15.6, 82.6 }, nameof(Agreement.AgreesInOrder), "6 of the 6 pairs")]
    [InlineData(new[] { 28.0, 16.0, 27.0, 15.6, 82.6 }, nameof(Agreement.Differs), "5 of the 6 pairs")]
    public void Table1_GoesByThePairsThatThePaperMarks(double[] errors, string expected, string words)
    {
        using var made = new MadeUpRuns();
        foreach (var (model, error) in PaperModel.All.Zip(errors))
            made.Add("paper/shapeset", model, 1000, error, null, null, ("network.hidden", "1000x5"));
        var result = new Table1().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.StartsWith(words, result.Sentence, StringComparison.Ordinal);
        Assert.Contains("there are no results on MNIST and CIFAR-10 and Small-ImageNet", result.Sentence, StringComparison.Ordinal);
        Assert.Contains(new("test error of tanh N on Shapeset-3x2, %", "15.60 *", "15.60"),
            result.Readings.Select(r => r with { Ours = r.Ours.TrimEnd(' ', '*') }));
        Assert.Contains("<strong>15.60</strong>", result.Table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(27, 15, nameof(Agreement.AgreesInOrder), "4 of 4 pairs")]
    [InlineData(15, 27, nameof(Agreement.Differs), "3 of 4 pairs")]
    public void Figure11_GoesByTheOrderAtTheEnd(double tanh, double tanhN, string expected, string words)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/shapeset", PaperModel.Tanh, 1000, tanh).Add("paper/shapeset", PaperModel.TanhN, 1000, tanhN)
            .Add("paper/shapeset", PaperModel.Softsign, 1000, 40).Add("paper/shapeset", PaperModel.SoftsignN, 1000, 39)
            .Add("paper/shapeset", PaperModel.Sigmoid, 1000, 82);
        var result = new Figure11().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains(words, result.Sentence, StringComparison.Ordinal);
        Assert.Single(result.Figures);
    }

    [Theory]
    [InlineData(new[] { 0.3, 0.15, 0.08 }, new[] { 0.45, 0.4, 0.36 }, nameof(Agreement.Agrees))]
    [InlineData(new[] { 0.3, 0.28, 0.08 }, new[] { 0.45, 0.4, 0.36 }, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.45, 0.35, 0.3 }, new[] { 0.3, 0.15, 0.08 }, nameof(Agreement.Differs))]
    public void Figure06_GoesByHowActivationsShrink(double[] standard, double[] normalized, string expected)
    {
        using var made = new MadeUpRuns();
        // The missing layers continue the ratio of the last two.
        IEnumerable<LayerStatistics> All(double[] sd) =>
            AtUpdate(0, Quantity.Activation, sd: [.. sd, sd[^1] * sd[^1] / sd[^2], sd[^1] * sd[^1] / sd[^2] * sd[^1] / sd[^2]]);
        made.Add("paper/initialization", PaperModel.Tanh, 1, 80, All(standard)).Add("paper/initialization", PaperModel.TanhN, 1, 80, All(normalized));
        Assert.Equal(expected, new Figure06().Evaluate(made.Runs).Agreement.ToString());
    }

    [Fact]
    public void Figure05_FindsMorePlateauInTheQuadraticCost()
    {
        using var made = new MadeUpRuns();
        var result = new Figure05().Evaluate(made.Runs);
        Assert.Equal(Agreement.AgreesInOrder, result.Agreement);
        Assert.Contains("<canvas", result.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutItsBinaryFiles_Cifar10IsReadFromASetOfItsPictures()
    {
        using var made = new MadeUpRuns();
        var sets = Path.Combine(made.Runs.Directory, "sets");
        Assert.Equal("cifar10", Of(sets).Name);

        var set = Directory.CreateDirectory(Path.Combine(sets, "cifar10-jpeg")).FullName;
        foreach (var part in new[] { "train", "validation", "test" })
        {
            IdxFile.Write(Path.Combine(set, $"{part}-images-idx4-ubyte"),
                [.. Enumerable.Range(0, 2 * 4 * 4 * 3).Select(value => (byte)(value + 100 * part.Length))], 2, 4, 4, 3);
            IdxFile.Write(Path.Combine(set, $"{part}-labels-idx1-ubyte"), [0, 1], 2);
        }
        File.WriteAllText(Path.Combine(set, "classes.txt"), "cat\ndog\n");
        File.WriteAllText(Path.Combine(set, BuiltSets.DescriptionFile), "{}");
        Assert.Equal("cifar10-jpeg", Of(sets).Name);

        DatasetSetting Of(string folder) =>
            new PaperRuns(made.Runs.Directory, PaperScale.Quick, new DataFolder(folder, null, "none")).StudyOf("paper/cifar10").Trials[0].Setting.Data;
    }
}
