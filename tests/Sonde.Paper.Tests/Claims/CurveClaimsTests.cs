using Sonde.Paper.Claims.Errors;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Tests.Claims;

/// <summary>Claims about the test errors of figure 11.</summary>
public sealed class CurveClaimsTests
{
    private const double AtChance = 83.3;

    // Errors of tanh, tanh N, softsign, softsign N at the end of the paper's figure 11.
    [Theory]
    [InlineData(27.15, 15.6, 16.27, 16.06, nameof(Agreement.AgreesInNumber))]
    [InlineData(24, 18, 16.27, 16.06, nameof(Agreement.AgreesInOrder))]
    [InlineData(16, 15.6, 27, 16, nameof(Agreement.Differs))]
    [InlineData(AtChance, 15.6, 16.27, 16.06, nameof(Agreement.Differs))]
    public void RobustSoftsign_ComparesTheGaps(double tanh, double tanhN, double softsign, double softsignN, string expected)
    {
        using var made = new MadeUpRuns();
        AddAll(made, tanh, tanhN, softsign, softsignN, 2_500_000);
        Assert.Equal(expected, new RobustSoftsign().Evaluate(made.Runs).Agreement.ToString());
    }

    // At 50,000 updates the paper's own softsign depends more on the initialization than its tanh: 12.0 points against 4.9.
    [Fact]
    public void RobustSoftsign_BeforeThePapersCurvesShowIt_IsNotReachedYet()
    {
        using var made = new MadeUpRuns();
        AddAll(made, 72, 50, 50, 48, 50_000);
        var result = new RobustSoftsign().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotReachedYet, result.Agreement);
        Assert.EndsWith("so early softsign depends more on it in the paper's own curves.", result.Sentence, StringComparison.Ordinal);
    }

    // Tanh N must be faster by more than the reading of a curve may hide.
    [Fact]
    public void FasterConvergence_OfATenth_Differs()
    {
        using var made = new MadeUpRuns();
        foreach (var (model, at) in new[] { (PaperModel.Tanh, 110_000), (PaperModel.TanhN, 100_000) })
        {
            using var one = new MadeUpRuns { Earlier = [new(1, "test", 1, AtChance), new(at, "test", 1, 39)] };
            one.Add("paper/shapeset", model, 2_500_000, 15, null, null, ("network.hidden", "1000x5"));
            CopyTrials(one, made);
        }
        Assert.Equal(Agreement.Differs, new FasterConvergence().Evaluate(made.Runs).Agreement);
    }

    [Theory]
    [InlineData(27.15, 16.27, nameof(Agreement.AgreesInNumber))]
    [InlineData(22, 16.27, nameof(Agreement.AgreesInOrder))]
    [InlineData(16.27, 27.15, nameof(Agreement.Differs))]
    public void SoftsignBeatsTanh_GoesByTheErrorsAtACommonUpdate(double tanh, double softsign, string expected)
    {
        using var made = new MadeUpRuns();
        AddAll(made, tanh, 15.6, softsign, 16.06, 2_500_000);
        Assert.Equal(expected, new SoftsignBeatsTanh().Evaluate(made.Runs).Agreement.ToString());
    }

    // A tanh on its plateau is behind for that reason alone; at the paper's length its plateau is its result.
    [Theory]
    [InlineData(50_000, nameof(Agreement.NotReachedYet))]
    [InlineData(2_500_000, nameof(Agreement.AgreesInNumber))]
    public void SoftsignBeatsTanh_OfATanhAtChance_IsOpenUntilThePapersLength(long updates, string expected)
    {
        using var made = new MadeUpRuns();
        AddAll(made, AtChance, 15.6, 72.3, 16.06, updates);
        Assert.Equal(expected, new SoftsignBeatsTanh().Evaluate(made.Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData("tanh", "tanh-n", 1, nameof(Agreement.AgreesInNumber))]
    [InlineData("tanh", "tanh-n", 3, nameof(Agreement.AgreesInOrder))]
    [InlineData("tanh-n", "tanh", 1, nameof(Agreement.Differs))]
    public void FasterConvergence_GoesByTheUpdatesToEachError(string asTanh, string asTanhN, int slower, string expected)
    {
        using var made = new MadeUpRuns();
        foreach (var (model, series) in new[] { (PaperModel.Tanh, asTanh), (PaperModel.TanhN, asTanhN) })
        {
            using var one = new MadeUpRuns
            {
                Earlier = [.. PaperCurves.Find("11", series)!.Points.SkipLast(1).Select(point => new Training.CurvePoint(slower * point.Update, "test", 1,
                    point.Value))],
            };
            one.Add("paper/shapeset", model, 2_500_000 * slower, 15, null, null, ("network.hidden", "1000x5"));
            CopyTrials(one, made);
        }
        Assert.Equal(expected, new FasterConvergence().Evaluate(made.Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData(27.15, 15.6, 11.2, nameof(Agreement.AgreesInNumber))]
    [InlineData(27.15, 25, 11.2, nameof(Agreement.AgreesInOrder))]
    [InlineData(27.15, 15.6, 40, nameof(Agreement.Differs))]
    [InlineData(27.15, 26.9, 26.7, nameof(Agreement.NotReachedYet))]
    public void GapToPretraining_GoesByTheShareAtTheSameUpdate(double tanh, double tanhN, double pretrained, string expected)
    {
        using var made = new MadeUpRuns();
        AddAll(made, tanh, tanhN, 16.27, 16.06, 2_500_000);
        Assert.Equal(Agreement.NotRun, new GapToPretraining().Evaluate(made.Runs).Agreement);
        made.Add("paper/pretraining", PaperModel.Tanh, 2_500_000, pretrained);
        Assert.Equal(expected, new GapToPretraining().Evaluate(made.Runs).Agreement.ToString());
    }

    // At chance tanh is as far from the others as its plateau is long: a share of that distance is no share of a gap.
    [Fact]
    public void GapToPretraining_OfATanhAtChance_IsNotReachedYet()
    {
        using var made = new MadeUpRuns();
        AddAll(made, AtChance, 40, 40, 40, 500_000);
        made.Add("paper/pretraining", PaperModel.Tanh, 500_000, 35);
        var result = new GapToPretraining().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotReachedYet, result.Agreement);
        Assert.Equal("At update 500,000, the last one that could be read off figure 11 and that all three networks have reached, tanh has 83.3 %, which is "
            + "chance, so there is no gap to close yet.", result.Sentence);
    }

    // At 50,000 updates the paper's own pre-trained network is behind tanh: there is no gap.
    [Fact]
    public void GapToPretraining_BeforeThePaperHasOne_IsNotReachedYet()
    {
        using var made = new MadeUpRuns();
        AddAll(made, 69.7, 64.8, 57, 69, 50_000);
        made.Add("paper/pretraining", PaperModel.Tanh, 50_000, 71.4);
        var result = new GapToPretraining().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotReachedYet, result.Agreement);
        Assert.Equal("The runs end at update 50,000, before pre-training is ahead of tanh N in figure 11.", result.Sentence);
    }

    // The four networks after 150,000 updates, tanh still on its plateau: that is no gap of the initialization.
    [Fact]
    public void RobustSoftsign_OfATanhAtChance_IsOpenUntilThePapersLength()
    {
        using var made = new MadeUpRuns();
        AddAll(made, AtChance, 47, 44, 54, 150_000);
        Assert.Equal(Agreement.NotReachedYet, new RobustSoftsign().Evaluate(made.Runs).Agreement);
    }

    // Tanh N was interrupted long before tanh is down to 60 %.
    [Fact]
    public void FasterConvergence_OfATanhNThatWasInterrupted_IsNotReachedYet()
    {
        using var made = new MadeUpRuns();
        foreach (var (model, updates) in new[] { (PaperModel.Tanh, 2_500_000), (PaperModel.TanhN, 30_000) })
        {
            using var one = new MadeUpRuns
            {
                Earlier = [.. PaperCurves.Find("11", "tanh")!.Points.Where(point => point.Update < updates)
                    .Select(point => new Training.CurvePoint(point.Update, "test", 1, point.Value))]
            };
            one.Add("paper/shapeset", model, updates, updates == 30_000 ? 70 : 27, null, null, ("network.hidden", "1000x5"));
            CopyTrials(one, made);
        }
        Assert.Equal(Agreement.NotReachedYet, new FasterConvergence().Evaluate(made.Runs).Agreement);
    }

    private static void AddAll(MadeUpRuns made, double tanh, double tanhN, double softsign, double softsignN, long updates)
    {
        foreach (var (model, error) in new[]
                 {
                     (PaperModel.Tanh, tanh), (PaperModel.TanhN, tanhN), (PaperModel.Softsign, softsign), (PaperModel.SoftsignN, softsignN),
                 })
            made.Add("paper/shapeset", model, updates, error, null, null, ("network.hidden", "1000x5"));
    }

    private static void CopyTrials(MadeUpRuns from, MadeUpRuns to)
    {
        var (source, target) = (from.Runs.DirectoryOf("paper/shapeset"), to.Runs.DirectoryOf("paper/shapeset"));
        foreach (var path in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy, overwrite: true);
        }
    }
}
