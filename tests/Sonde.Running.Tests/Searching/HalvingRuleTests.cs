using Sonde.Running.Searching;

namespace Sonde.Running.Tests.Searching;

public sealed class HalvingRuleTests
{
    private const int Trials = 50, Rungs = 3, Factor = 3;

    [Fact]
    public void ValuesInAnyOrderOfArrival_DecideTheSame()
    {
        var random = new Random(7);
        var values = Values(random);
        var (whole, _) = Train(values, new Random(1), atATime: 1);
        for (var seed = 2; seed < 30; seed++)
            Assert.Equal(whole, Train(values, new Random(seed), atATime: 1 + seed % 7).Levels);
    }

    [Fact]
    public void TheBestOfEachRung_ContinueAsInSynchronousHalving()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var values = Values(new Random(seed));
            var (levels, rule) = Train(values, new Random(1), atATime: 3);
            for (var rung = 0; rung < Rungs; rung++)
            {
                var there = Enumerable.Range(0, Trials).Where(trial => levels[trial] >= rung).ToList();
                Assert.Equal(there.Count, rule.Rungs[rung].Compared);
                var best = there.OrderBy(trial => values[trial, rung]).Take(Math.Max(1, there.Count / Factor));
                Assert.All(best, trial => Assert.True(levels[trial] > rung));
                // Some more were among the best when they came.
                Assert.InRange(rule.Rungs[rung].Promoted, Math.Max(1, there.Count / Factor), Math.Max(1, there.Count));
            }
            Assert.Contains(Rungs, levels);
        }
    }

    [Fact]
    public void FewTrials_LeaveOneThatTrainsToTheEnd()
    {
        var rule = new HalvingRule(2, 2, Factor, 1, (trial, rung) => trial == 0 ? 5 : 4);
        rule.Advance();
        Assert.Equal((0, 2), (rule.LevelOf(0), rule.LevelOf(1)));
        Assert.Equal((2, (1, 2)), (rule.Rungs[0].PlaceOf(0), rule.Rungs[0].PromotionOf(1)));
    }

    [Fact]
    public void AtLeastTheSurvivors_ContinueFromEveryRung()
    {
        var rule = new HalvingRule(7, 2, Factor, 3, (trial, rung) => trial == 6 ? double.NaN : trial);
        rule.Advance();
        Assert.Equal([2, 2, 2, 0, 0, 0, 0], Enumerable.Range(0, 7).Select(rule.LevelOf));
    }

    [Fact]
    public void DivergedTrials_NeverContinue_AndEqualOnesContinueInOrder()
    {
        double?[] values = [double.NaN, double.PositiveInfinity, 7, 7, 7, double.NaN];
        var rule = new HalvingRule(6, 1, Factor, 1, (trial, _) => values[trial]);
        rule.Advance();
        Assert.Equal([0, 0, 1, 1, 0, 0], Enumerable.Range(0, 6).Select(rule.LevelOf));
    }

    [Fact]
    public void ATrialThatIsLate_HoldsBackOnlyWhatDependsOnIt()
    {
        double?[] values = [3, 2, 1, null, 0, 0, 0, 0, 0];
        var rule = new HalvingRule(9, 1, Factor, 1, (trial, _) => values[trial]);
        rule.Advance();
        Assert.Equal((1, 3, false), (rule.LevelOf(2), rule.Rungs[0].Compared, rule.Rungs[0].IsComplete));
        values[3] = 9;
        rule.Advance();
        Assert.Equal((9, true), (rule.Rungs[0].Compared, rule.Rungs[0].IsComplete));
        Assert.Equal([0, 0, 1, 0, 1, 1, 1, 0, 0], Enumerable.Range(0, 9).Select(rule.LevelOf));
    }

    private static double[,] Values(Random random)
    {
        var values = new double[Trials, Rungs];
        for (var trial = 0; trial < Trials; trial++)
            for (var rung = 0; rung < Rungs; rung++)
                values[trial, rung] = random.NextDouble();
        return values;
    }

    /// <summary>Workers that take any trial with a rung to reach, and finish in any order.</summary>
    private static (int[] Levels, HalvingRule Rule) Train(double[,] values, Random random, int atATime)
    {
        var reached = new int[Trials];
        var rule = new HalvingRule(Trials, Rungs, Factor, 1, (trial, rung) => reached[trial] > rung ? values[trial, rung] : null);
        while (true)
        {
            rule.Advance();
            var open = Enumerable.Range(0, Trials).Where(trial => reached[trial] == rule.LevelOf(trial) && reached[trial] < Rungs)
                .OrderBy(_ => random.Next()).Take(atATime).ToList();
            if (open.Count == 0)
                return ([.. Enumerable.Range(0, Trials).Select(rule.LevelOf)], rule);
            foreach (var trial in open)
                reached[trial]++;
        }
    }
}
