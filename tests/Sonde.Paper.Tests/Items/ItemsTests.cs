using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Paper.Claims.Saturation;
using Sonde.Paper.Curves;
using Sonde.Paper.Items;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;
using static Sonde.Paper.Tests.MadeUpRuns;

namespace Sonde.Paper.Tests.Items;

/// <summary>Numbered figures.</summary>
public sealed class ItemsTests
{
    // Test errors of PaperModel.All at the end of the paper's figure: softsign, softsign N, tanh, tanh N, sigmoid of depth four; then the pre-trained
    // network's.
    [Theory]
    [InlineData(new[] { 17.0, 16.5, 27, 15.6, 35 }, 11.2, nameof(Agreement.AgreesInNumber))]
    [InlineData(new[] { 12.0, 11.5, 22, 11, 35 }, 8, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 17.0, 16.5, 15.6, 27, 35 }, 11.2, nameof(Agreement.Differs))]
    [InlineData(new[] { 17.0, 16.5, 27, 15.6, 35 }, 40, nameof(Agreement.Differs))]
    public void Figure11_GoesByEveryCurveAndByTheOrder(double[] errors, double pretrained, string expected)
    {
        using var made = new MadeUpRuns();
        foreach (var (model, error) in PaperModel.All.Zip(errors))
            made.Add("paper/shapeset", model, 2_500_000, error, null, null, ("network.hidden", model == PaperModel.Sigmoid ? "1000x4" : "1000x5"));
        made.Add("paper/shapeset", PaperModel.Sigmoid, 2_500_000, 83.4, null, null, ("network.hidden", "1000x5"))
            .Add("paper/pretraining", PaperModel.Tanh, 2_500_000, pretrained);
        var result = new Figure11().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Single(result.Figures);
    }

    [Fact]
    public void Figure11_PairsWithASigmoidAtChanceProveNothing()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/shapeset", PaperModel.Sigmoid, 200_000, 83.3).Add("paper/shapeset", PaperModel.Tanh, 200_000, 60);
        var result = new Figure11().Evaluate(made.Runs);
        Assert.Contains("no pair of models can be ranked at a common update yet", result.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Readings, reading => reading.What.StartsWith("pairs", StringComparison.Ordinal));
    }

    [Fact]
    public void Figure11_InterruptedTrial_IsQuotedAtItsLastTest()
    {
        using var made = new MadeUpRuns { Untested = 9_231 };
        made.Add("paper/shapeset", PaperModel.Tanh, 800_000, 41.2);
        Assert.Contains("tanh 41.2 % at 800,000.", new Figure11().Evaluate(made.Runs).Sentence, StringComparison.Ordinal);
    }

    // The paper's own curves must agree with themselves, and a curve that leaves them in the middle must not. One network alone is not the figure.
    [Theory]
    [InlineData(0, nameof(Agreement.AgreesInNumber))]
    [InlineData(9, nameof(Agreement.Differs))]
    public void Figure11_HoldsCurvesToThePaperAtEveryCommonUpdate(double off, string expected)
    {
        var curve = PaperCurves.Find("11", "tanh-n")!;
        using var made = new MadeUpRuns
        {
            Earlier = [.. curve.Points.SkipLast(1).Select(point => new Training.CurvePoint(point.Update, "test", 1,
                point.Value + (point.Update == 1_000_000 ? off : 0)))],
        };
        made.Add("paper/shapeset", PaperModel.TanhN, curve.End, curve.Points[^1].Value, null, null, ("network.hidden", "1000x5"));
        var result = new Figure11().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotReachedYet, result.Agreement);
        Assert.Equal(expected, result.Readings[0].Verdict.ToString());
        Assert.StartsWith($"Shapeset-3x2: {(off == 0 ? "1 of 1 curves is" : "0 of 1 curves are")} within 3 points of the paper's at every common update; ",
            result.Sentence, StringComparison.Ordinal);
        Assert.Contains(result.Readings, reading => reading is { What: "test error of tanh on Shapeset-3x2, %", Verdict: Agreement.NotRun });
    }

    // MNIST's order in the paper is not Shapeset's: softsign N is above softsign. Only sigmoid is apart from the others by more than the luck of the examples.
    [Theory]
    [InlineData(1.62, 1.72, 2.12, nameof(Agreement.AgreesInNumber))]
    [InlineData(1.72, 1.62, 2.12, nameof(Agreement.AgreesInNumber))]
    [InlineData(1.62, 1.72, 1.2, nameof(Agreement.Differs))]
    public void Figure12_TakesItsPairsFromEachDatasetsOwnCurves(double softsign, double softsignN, double sigmoid, string expected)
    {
        using var made = new MadeUpRuns();
        foreach (var (model, error, cifar) in PaperModel.All.Zip([softsign, softsignN, 1.71, 1.67, sigmoid], [55.78, 53.8, 55.9, 52.92, 57.28]))
            made.Add("paper/mnist", model, 2_500_000, error).Add("paper/cifar10", model, 2_500_000, cifar);
        var result = new Figure12().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains("of 4 pairs of models", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Figure12_OfOneDataset_DoesNotAgree()
    {
        using var made = new MadeUpRuns();
        foreach (var (model, error) in PaperModel.All.Zip([1.62, 1.72, 1.71, 1.67, 2.12]))
            made.Add("paper/mnist", model, 2_500_000, error);
        var result = new Figure12().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotReachedYet, result.Agreement);
        Assert.Contains(result.Readings, reading => reading is { What: "test errors on CIFAR-10", Verdict: Agreement.NotRun });
    }

    [Fact]
    public void Figure12_OfAShortRun_IsNotReachedYet()
    {
        using var made = new MadeUpRuns();
        foreach (var model in PaperModel.All)
            made.Add("paper/mnist", model, 12_000, 3);
        Assert.Equal(Agreement.NotReachedYet, new Figure12().Evaluate(made.Runs).Agreement);
    }

    // The top layer has collapsed, but the network has not escaped yet: that is half of the figure.
    [Fact]
    public void Figure02_WithoutTheEscape_IsNotReachedYet()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/shapeset", PaperModel.Sigmoid, 100_000, 83.3,
            [.. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]), .. AtUpdate(40_000, Quantity.Activation, [0.52, 0.6, 0.8, 0.15]),
                .. AtUpdate(100_000, Quantity.Activation, [0.52, 0.6, 0.8, 0.04])], null, ("network.hidden", "1000x4"));
        Assert.Equal(Agreement.NotReachedYet, new Figure02().Evaluate(made.Runs).Agreement);
    }

    // Tanh alone is half of figure 3. Softsign has not been trained.
    [Fact]
    public void Figure03_OfOneNetwork_DoesNotAgree()
    {
        using var made = new MadeUpRuns();
        long[] updates = [0, 80_000, 300_000, 600_000, 1_080_000, 1_650_000, 1_900_000];
        made.Add("paper/shapeset", PaperModel.Tanh, updates[^1], 30,
            updates.SelectMany((update, k) => AtUpdate(update, Quantity.Activation, sd: [update == 0 ? 0.31 : 0.6, 0.6, 0.49, 0.36, 0.23],
                p98: [.. Enumerable.Range(1, 5).Select(layer => k >= layer ? 0.95 : 0.5)])), null, ("network.hidden", "1000x5"));
        Assert.Equal(Agreement.AgreesInNumber, new SequentialSaturation().Evaluate(made.Runs).Agreement);
        Assert.Equal(Agreement.NotReachedYet, new Figure03().Evaluate(made.Runs).Agreement);
    }

    [Theory]
    [InlineData(new[] { 0.3, 0.15, 0.08 }, new[] { 0.45, 0.4, 0.36 }, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.3, 0.28, 0.08 }, new[] { 0.45, 0.4, 0.36 }, nameof(Agreement.Differs))]
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

    // Sds of layers 1 to 5 of the paper at epoch 92: tanh N, softsign, tanh. Softsign is like tanh N, layers 1 to 4 side by side, and not like tanh.
    [Theory]
    [InlineData(new[] { 0.56, 0.58, 0.51, 0.47, 0.28 }, 0, nameof(Agreement.AgreesInNumber))]
    [InlineData(new[] { 0.56, 0.58, 0.51, 0.47, 0.28 }, 0.1, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.61, 0.6, 0.49, 0.36, 0.23 }, 0, nameof(Agreement.Differs))]
    public void Figure10_ReadsSoftsign(double[] softsign, double off, string expected)
    {
        using var made = new MadeUpRuns();
        IEnumerable<LayerStatistics> Rows(double[] sd, long update) => AtUpdate(update, Quantity.Activation, sd: sd, p98: [0.7, 0.72, 0.74, 0.76, 0.77]);
        double[] Paper(long update) => [.. Enumerable.Range(1, 5).Select(layer =>
            PaperCurves.Find("10", $"layer-{layer}-sd")!.Points.First(point => point.Update == update).Value + off)];
        const long End = 1_840_000;
        made.Add("paper/shapeset", PaperModel.TanhN, End, 20, [.. Rows(Paper(0), 0), .. Rows(Paper(160_000), 160_000), .. Rows(Paper(End), End)])
            .Add("paper/shapeset", PaperModel.Tanh, End, 30, [.. Rows([0.3, 0.2, 0.1, 0.1, 0.1], 0), .. Rows([0.61, 0.6, 0.49, 0.36, 0.23], End)])
            .Add("paper/shapeset", PaperModel.Softsign, End, 20, [.. Rows([0.3, 0.2, 0.1, 0.1, 0.1], 0), .. Rows(softsign, End)]);
        Assert.Equal(expected, new Figure10().Evaluate(made.Runs).Agreement.ToString());
    }

    // Tanh's layers are apart from the start. Only once they saturate does that say something about training.
    [Theory]
    [InlineData(0.5, nameof(Agreement.NotReachedYet))]
    [InlineData(0.95, nameof(Agreement.AgreesInNumber))]
    public void Figure10_ComparesOnceTanhSaturates(double p98, string expected)
    {
        using var made = new MadeUpRuns();
        double[] start = [.. Enumerable.Range(1, 5).Select(layer => PaperCurves.Find("10", $"layer-{layer}-sd")!.Points[0].Value)];
        foreach (var (model, sd) in new[]
                 {
                     (PaperModel.TanhN, start), (PaperModel.Softsign, start), (PaperModel.Tanh, [0.31, 0.18, 0.1, 0.06, 0.03]),
                 })
            made.Add("paper/shapeset", model, 100_000, 50, new long[] { 0, 100_000 }.SelectMany(update =>
                AtUpdate(update, Quantity.Activation, sd: sd, p98: model == PaperModel.Tanh ? [p98, 0.5, 0.5, 0.5, 0.5] : [0.7, 0.72, 0.74, 0.76, 0.77])));
        Assert.Equal(expected, new Figure10().Evaluate(made.Runs).Agreement.ToString());
    }

    // The paper compares tanh N with softsign: its own curves alone are half of the item.
    [Fact]
    public void Figure10_WithoutSoftsign_DoesNotAgree()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/shapeset", PaperModel.TanhN, 1_840_000, 20, [.. new long[] { 0, 160_000, 1_840_000 }.SelectMany(update =>
            AtUpdate(update, Quantity.Activation, sd: [.. Enumerable.Range(1, 5).Select(layer =>
                PaperCurves.Find("10", $"layer-{layer}-sd")!.Points.First(point => point.Update == update).Value)], p98: [0.7, 0.72, 0.74, 0.76, 0.77]))]);
        Assert.Equal(Agreement.NotReachedYet, new Figure10().Evaluate(made.Runs).Agreement);
    }

    [Fact]
    public void Figure05_FindsMorePlateauInTheQuadraticCost()
    {
        using var made = new MadeUpRuns();
        var result = new Figure05().Evaluate(made.Runs);
        Assert.Equal(Agreement.AgreesInOrder, result.Agreement);
        Assert.Contains("<canvas", result.Html, StringComparison.Ordinal);
        Assert.Single(result.Figures);
    }

    [Theory]
    [InlineData(3, nameof(Agreement.AgreesInOrder))]
    [InlineData(2, nameof(Agreement.Differs))]
    public void Figure05_GoesByTheNetworksWithTheWiderPlateaus(int wider, string expected) => Assert.Equal(expected,
        Figure05.Judge([.. Enumerable.Range(0, 4).Select(k => (CrossEntropy: 10.0, Quadratic: k < wider ? 20.0 : 5))]).Agreement.ToString());

    [Theory]
    [InlineData(16.7, 11.1, 5.6, nameof(Agreement.AgreesInOrder))]
    [InlineData(11.1, 11.1, 11.1, nameof(Agreement.Differs))]
    public void Figure01_GoesByTheShareOfEachClass(double alone, double mixed, double alike, string expected) => Assert.Equal(expected,
        Figure01.Judge([("triangle", alone), ("triangle + ellipse", mixed), ("two ellipses", alike)]).Agreement.ToString());

    // Peaks at 0 of layers 1 to 5, standard and normalized; the paper's own, and all three times as high.
    [Theory]
    [InlineData(1, 1, nameof(Agreement.AgreesInNumber))]
    [InlineData(3, 1, nameof(Agreement.AgreesInOrder))]
    [InlineData(1, 0.3, nameof(Agreement.Differs))]
    public void Figures07And08_GoByTheirPeaksAndTheirClaims(double scale, double kept, string expected)
    {
        using var made = new MadeUpRuns();
        Add(PaperModel.Tanh, [83, 43, 23, 13, 7.5], [229, 268, 268, 268, 268], 0.577, 1);
        Add(PaperModel.TanhN, [8, 8, 8, 8, 8], [35.7, 41, 41, 41, 41], kept, 1 / kept);
        Assert.Equal(expected, new Figure07().Evaluate(made.Runs).Agreement.ToString());
        Assert.Equal(expected, new Figure08().Evaluate(made.Runs).Agreement.ToString());

        void Add(PaperModel model, double[] back, double[] weight, double factor, double spread) => made.Add("paper/initialization", model, 1, 80,
            [.. AtUpdate(0, Quantity.BackpropagatedGradient, sd: [.. Enumerable.Range(0, 5).Select(layer => Math.Pow(factor, 4 - layer))]),
                .. AtUpdate(0, Quantity.WeightGradient, sd: [1, 1, 1, 1, spread])],
            [.. back.Select((peak, k) => OfPeak(k + 1, Quantity.BackpropagatedGradient, peak)),
                .. weight.Select((peak, k) => OfPeak(k + 1, Quantity.WeightGradient, peak))]);

        // The same density everywhere.
        LayerHistogram OfPeak(int layer, string quantity, double peak) =>
            new(0, layer, quantity, -0.5 / (scale * peak), 0.5 / (scale * peak), [.. Enumerable.Repeat(1.0, 20)]);
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
