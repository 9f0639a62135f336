using System.Runtime.InteropServices;
using Sonde.Baselines.Kernels;

namespace Sonde.Baselines;

/// <summary>The result of training two classes.</summary>
/// <param name="Beta">Signed coefficients in the order of the examples; 0 for those that are not support vectors.</param>
/// <param name="Bias">b of the decision.</param>
/// <param name="Objective"><c>1/2 beta K beta - sum |beta|</c>.</param>
/// <param name="Violation">How far the worst pair is from the conditions of the optimum.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="RowsComputed">Rows of the kernel matrix computed.</param>
/// <param name="LeastActive">The fewest examples that a step covered; all of them if none was left out.</param>
internal sealed record PairSolution(double[] Beta, double Bias, double Objective, double Violation, long Steps, long RowsComputed, int LeastActive);

/// <summary>Sequential minimal optimization for two classes: two coefficients at a time move to the optimum of the pair.</summary>
/// <remarks>Sources: [Platt1998]; the pair by second-order information, [Fan2005]; shrinking and the stopping condition, [Chang2011], section 4 and 5.1. The
/// result depends neither on the cache nor on threads.</remarks>
internal sealed class PairSolver
{
    private const int StepsBetweenShrinks = 1000, StepsBetweenLooks = 1024;

    private readonly RadialKernels kernels;
    private readonly KernelRowCache cache;
    private readonly SupportVectorSetting setting;
    private readonly PairState state;
    private readonly int[] wanted = new int[RadialRows.MostQueries];
    private readonly double[] wantedFor = new double[RadialRows.MostQueries];
    private Extremes extremes;
    private int active, leastActive;
    private bool isNear;

    /// <summary>Creates a problem with all coefficients 0.</summary>
    public PairSolver(RadialKernels kernels, KernelRowCache cache, int count, int positives, SupportVectorSetting setting)
    {
        (this.kernels, this.cache, this.setting, active, leastActive) = (kernels, cache, setting, count, count);
        state = new(count, positives, setting.C);
    }

    /// <summary>Takes steps until no pair violates the conditions of the optimum by more than the tolerance.</summary>
    public PairSolution Solve(CancellationToken cancellation)
    {
        long steps = 0;
        SelectExtremes();
        for (var untilShrink = Interval; ; steps++)
        {
            if (steps % StepsBetweenLooks == 0)
                cancellation.ThrowIfCancellationRequested();
            if (setting.Shrinking && --untilShrink == 0)
            {
                Shrink();
                untilShrink = Interval;
            }
            if (extremes.Highest - extremes.Lowest < setting.Tolerance)
            {
                // What was left out may violate the conditions by now.
                Restore();
                if (extremes.Highest - extremes.Lowest < setting.Tolerance)
                    break;
            }
            Step();
        }
        var beta = new double[state.Count];
        for (var k = 0; k < beta.Length; k++)
            beta[state.Origin[k]] = state.Beta[k];
        return new(beta, state.Bias(), state.Objective(), extremes.Highest - extremes.Lowest, steps, cache.Computed, leastActive);
    }

    private int Interval => Math.Min(state.Count, StepsBetweenShrinks);

    private Span<double> Residuals => state.Residuals.AsSpan(0, active);

    private ReadOnlySpan<double> Rise => state.Rise.AsSpan(0, active);

    private ReadOnlySpan<double> Fall => state.Fall.AsSpan(0, active);

    private void SelectExtremes() => extremes = WorkingPair.Select(Rise, Fall, Residuals);

    private void Step()
    {
        var first = extremes.HighestAt;
        var row = Row(first);
        // The example of the lowest f violates the conditions together with the first, so there is a second.
        var second = kernels.Second(extremes.Highest, row, Fall, Residuals);
        var other = Row(second);
        row = Row(first);
        var step = state.Move(first, second, (extremes.Highest - state.Residuals[second]) / WorkingPair.Curvature(row[second]));
        extremes = kernels.Step(row, other, step, Rise, Fall, Residuals);
    }

    private ReadOnlySpan<float> Row(int example)
    {
        if (!cache.Holds(example, active))
            cache.Load(WithLikelyNext(example), active);
        return cache.Row(example, active);
    }

    // Rows are cheaper together: those that violate the conditions most are likely to be needed soon.
    private ReadOnlySpan<int> WithLikelyNext(int example)
    {
        var (count, most) = (1, cache.MostAtOnce);
        wanted[0] = example;
        for (var k = 0; k < active && most > 1; k++)
        {
            var violation = Math.Max(state.Residuals[k] + state.Rise[k] - extremes.Lowest, extremes.Highest - (state.Residuals[k] + state.Fall[k]));
            if (!(violation > 0) || (count == most && violation <= wantedFor[count - 1]) || k == example || cache.Holds(k, active))
                continue;
            var place = count < most ? count++ : count - 1;
            for (; place > 1 && wantedFor[place - 1] < violation; place--)
                (wanted[place], wantedFor[place]) = (wanted[place - 1], wantedFor[place - 1]);
            (wanted[place], wantedFor[place]) = (k, violation);
        }
        return wanted.AsSpan(0, count);
    }

    // Examples at a bound that are in no violating pair are left out, once they are a tenth of all: leaving each out at once would cost more than it saves.
    private void Shrink()
    {
        if (!isNear && extremes.Highest - extremes.Lowest <= 10 * setting.Tolerance)
        {
            // Near the end it shows what really belongs to the bounds.
            isNear = true;
            Restore();
        }
        var settled = 0;
        for (var k = 0; k < active; k++)
            settled += state.IsSettled(k, extremes.Highest, extremes.Lowest) ? 1 : 0;
        if (settled == 0 || settled < active / 10)
            return;
        var pairs = new List<(int, int)>();
        var (left, right) = (0, active - 1);
        for (active -= settled; left < active; left++)
            if (state.IsSettled(left, extremes.Highest, extremes.Lowest))
            {
                while (state.IsSettled(right, extremes.Highest, extremes.Lowest))
                    right--;
                pairs.Add((left, right--));
            }
        leastActive = Math.Min(leastActive, active);
        foreach (var (one, other) in pairs)
            state.Exchange(one, other);
        cache.Exchange(CollectionsMarshal.AsSpan(pairs));
        SelectExtremes();
    }

    // f of the examples left out, from the rows of all support vectors.
    private void Restore()
    {
        if (active == state.Count)
            return;
        var (first, count) = (active, state.Count);
        active = count;
        for (var k = first; k < count; k++)
            state.Residuals[k] = state.Signs[k];
        for (var next = 0; next < count;)
        {
            var together = 0;
            for (; next < count && together < cache.MostAtOnce; next++)
                if (state.Beta[next] != 0)
                    wanted[together++] = next;
            cache.Load(wanted.AsSpan(0, together), count);
            foreach (var k in wanted.AsSpan(0, together))
            {
                var row = cache.Row(k, count);
                for (var t = first; t < count; t++)
                    state.Residuals[t] = Math.FusedMultiplyAdd(-state.Beta[k], row[t], state.Residuals[t]);
            }
        }
        SelectExtremes();
    }
}
