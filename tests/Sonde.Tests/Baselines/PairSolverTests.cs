using Sonde.Baselines;
using Sonde.Baselines.Kernels;
using Sonde.Engines;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Baselines;

/// <summary>Two classes: the optimum, and that neither memory, threads nor shrinking change it.</summary>
public sealed class PairSolverTests
{
    private const int Width = 5;

    public static IEnumerable<TheoryDataRow<double, double, string>> Settings =>
        from setting in new[] { (0.05, 0.2), (1, 0.2), (30, 0.5), (1000, 2) }
        from kernels in KernelChoice.Names
        select new TheoryDataRow<double, double, string>(setting.Item1, setting.Item2, kernels);

    [Theory, MemberData(nameof(Settings))]
    public void Solution_MeetsTheConditionsOfTheOptimum(double c, double gamma, string kernels)
    {
        const double tolerance = 1e-3;
        var (inputs, signs) = Overlapping(60, 45, 1);
        var solution = Solve(inputs, 60, new(c, gamma) { Tolerance = tolerance }, kernels);
        var gram = PlainSolver.Gram(inputs, signs.Length, gamma);
        Tolerances.AssertClose(0, solution.Beta.Sum(), Tolerances.DoubleRounding, c * signs.Length);
        var (highest, lowest) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var k = 0; k < signs.Length; k++)
        {
            var alpha = signs[k] * solution.Beta[k];
            Assert.InRange(alpha, 0, c);
            var f = signs[k] - Enumerable.Range(0, signs.Length).Sum(l => solution.Beta[l] * gram[k, l]);
            if (signs[k] > 0 ? alpha < c : alpha > 0)
                highest = Math.Max(highest, f);
            if (signs[k] > 0 ? alpha > 0 : alpha < c)
                lowest = Math.Min(lowest, f);
        }
        // Kernel values in floats move each f by what all coefficients together make of their rounding.
        var rounding = Tolerances.RadialKernelValue * solution.Beta.Sum(Math.Abs) / 100;
        Assert.True(highest - lowest < tolerance + 2 * rounding, $"violated by {highest - lowest}");
        Assert.InRange(solution.Violation, double.NegativeInfinity, tolerance);
    }

    [Theory, MemberData(nameof(Settings))]
    public void Objective_IsThatOfASlowSolverInDoublePrecision(double c, double gamma, string kernels)
    {
        var (inputs, signs) = Overlapping(40, 30, 2);
        var gram = PlainSolver.Gram(inputs, signs.Length, gamma);
        var expected = PlainSolver.Objective(gram, PlainSolver.Solve(gram, signs, c, 1e-7));
        var solution = Solve(inputs, 40, new(c, gamma) { Tolerance = 1e-6 }, kernels);
        Tolerances.AssertClose(expected, solution.Objective, Tolerances.SupportVectorObjective);
        Tolerances.AssertClose(expected, PlainSolver.Objective(gram, solution.Beta), Tolerances.SupportVectorObjective);
    }

    [Theory, InlineData(0.5, 0.3), InlineData(20, 0.3)]
    public void CacheOfAnySizeAndAnyThreads_GiveTheSameBits(double c, double gamma)
    {
        var (inputs, _) = Overlapping(300, 260, 3);
        var setting = new SupportVectorSetting(c, gamma);
        var expected = Solve(inputs, 300, setting);
        foreach (var (rows, threads) in new[] { (1000, 2), (1000, 3), (2, 1), (3, 2), (41, 1), (200, 2) })
        {
            var solution = Solve(inputs, 300, setting, rows: rows, threads: threads);
            Assert.Equal(expected.Beta, solution.Beta);
            Assert.Equal((expected.Bias, expected.Objective, expected.Steps), (solution.Bias, solution.Objective, solution.Steps));
            Assert.True(rows > 560 || solution.RowsComputed > expected.RowsComputed, "a small cache computes rows again");
        }
    }

    [Theory, InlineData(1, 0.3), InlineData(50, 0.3)]
    public void Shrinking_LeavesExamplesOutAndChangesNoResult(double c, double gamma)
    {
        var (inputs, signs) = Overlapping(700, 500, 4);
        var setting = new SupportVectorSetting(c, gamma) { Tolerance = 1e-6 };
        var (with, without) = (Solve(inputs, 700, setting), Solve(inputs, 700, setting with { Shrinking = false }));
        Assert.Equal(signs.Length, without.LeastActive);
        Assert.InRange(with.LeastActive, 1, signs.Length * 9 / 10);
        Tolerances.AssertClose(without.Objective, with.Objective, Tolerances.SupportVectorObjective);
        // A distance of the order of the tolerance, for problems whose optimum is one point.
        for (var k = 0; k < signs.Length; k++)
            Assert.InRange(with.Beta[k] - without.Beta[k], -1e-3 * c, 1e-3 * c);
        var gram = PlainSolver.Gram(inputs, signs.Length, gamma);
        Tolerances.AssertClose(PlainSolver.Objective(gram, with.Beta), with.Objective, Tolerances.SupportVectorObjective);
    }

    [Fact]
    public void Duplicates_OfEitherClass_AreNoObstacle()
    {
        var (inputs, signs) = Overlapping(30, 30, 5);
        for (var k = 0; k < 10; k++)
        {
            // Ten of one class twice, and ten in both classes.
            inputs.AsSpan(k * Width, Width).CopyTo(inputs.AsSpan((k + 15) * Width));
            inputs.AsSpan(k * Width, Width).CopyTo(inputs.AsSpan((k + 30) * Width));
        }
        var gram = PlainSolver.Gram(inputs, signs.Length, 0.3);
        var expected = PlainSolver.Objective(gram, PlainSolver.Solve(gram, signs, 10, 1e-7));
        Tolerances.AssertClose(expected, Solve(inputs, 30, new(10, 0.3) { Tolerance = 1e-6 }).Objective, Tolerances.SupportVectorObjective);
    }

    [Fact]
    public void InputsFarFromTheOrigin_AreThoseNearIt()
    {
        // Multiples of a power of two, so that moving them loses nothing.
        var (inputs, _) = Overlapping(50, 50, 6);
        var near = Array.ConvertAll(inputs, value => MathF.Round(value * 64) / 64);
        int[] labels = [.. Enumerable.Range(0, 100).Select(k => k / 50)];
        var far = Array.ConvertAll(near, value => value + 4096);
        double Objective(float[] of) => SupportVectorMachine.Train(of, labels, new(1, 0.3) { Tolerance = 1e-6 }).Machines[0].Objective;
        Tolerances.AssertClose(Objective(near), Objective(far), Tolerances.SupportVectorObjective);
    }

    private static PairSolution Solve(float[] inputs, int positives, SupportVectorSetting setting, string? kernels = null, int rows = 100_000, int threads = 1)
    {
        var count = inputs.Length / Width;
        using var matrix = RadialRows.Examples(count, Width);
        matrix.CopyFrom(inputs);
        using var team = new WorkerTeam(threads);
        var chosen = RadialKernels.FromName(kernels);
        using var cache = new KernelRowCache(chosen.Rows, matrix, count, setting.Gamma, (long)rows * matrix.Rows * sizeof(float), team);
        return new PairSolver(chosen, cache, count, positives, setting).Solve(CancellationToken.None);
    }

    private static (float[] Inputs, int[] Signs) Overlapping(int positives, int negatives, ulong seed)
    {
        var random = new RandomKey(seed, "overlapping classes").Stream(0);
        var inputs = new float[(positives + negatives) * Width];
        for (var at = 0; at < inputs.Length; at++)
            inputs[at] = (float)random.NextGaussian() + (at / Width < positives ? 0.6f : 0);
        return (inputs, [.. Enumerable.Range(0, positives + negatives).Select(k => k < positives ? 1 : -1)]);
    }
}
