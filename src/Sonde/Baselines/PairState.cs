using Sonde.Baselines.Kernels;

namespace Sonde.Baselines;

/// <summary>The coefficients of a problem of two classes and what follows from them, in an order that training may change.</summary>
/// <remarks>As in <see cref="WorkingPair"/>: <c>beta_k = y_k alpha_k</c>, from 0 to C for the first class and from -C to 0 for the second; <c>f_k =
/// y_k - sum_l beta_l K[k, l]</c>.</remarks>
internal sealed class PairState
{
    private readonly double c;

    /// <summary>All coefficients 0.</summary>
    /// <param name="count">Examples.</param>
    /// <param name="positives">How many of them, the first ones, belong to the first class.</param>
    /// <param name="c">The bound.</param>
    public PairState(int count, int positives, double c)
    {
        (this.c, Count) = (c, count);
        (Origin, Beta, Residuals, Rise, Fall) = (new int[count], new double[count], new double[count], new double[count], new double[count]);
        Signs = new sbyte[count];
        for (var k = 0; k < count; k++)
        {
            (Origin[k], Signs[k]) = (k, (sbyte)(k < positives ? 1 : -1));
            Residuals[k] = Signs[k];
            Mark(k);
        }
    }

    /// <summary>Examples.</summary>
    public int Count { get; }

    /// <summary>The place where each was at first.</summary>
    public int[] Origin { get; }

    /// <summary>y.</summary>
    public sbyte[] Signs { get; }

    /// <summary>beta.</summary>
    public double[] Beta { get; }

    /// <summary>f.</summary>
    public double[] Residuals { get; }

    /// <summary>0 if beta may rise, else minus infinity.</summary>
    public double[] Rise { get; }

    /// <summary>0 if beta may fall, else infinity.</summary>
    public double[] Fall { get; }

    /// <summary>Moves two coefficients by opposite amounts, as far as <paramref name="wanted"/> and their bounds allow; at a bound to the bit.</summary>
    /// <returns>How far.</returns>
    public double Move(int rising, int falling, double wanted)
    {
        var (up, down) = (High(rising) - Beta[rising], Beta[falling] - Low(falling));
        var step = Math.Min(wanted, Math.Min(up, down));
        Beta[rising] = step == up ? High(rising) : Beta[rising] + step;
        Beta[falling] = step == down ? Low(falling) : Beta[falling] - step;
        Mark(rising);
        Mark(falling);
        return step;
    }

    /// <summary>True if beta is at neither bound.</summary>
    public bool IsFree(int k) => Rise[k] == 0 && Fall[k] == 0;

    /// <summary>True if this example can be in no violating pair at present.</summary>
    /// <param name="k">The example.</param>
    /// <param name="highest">The largest f that may rise.</param>
    /// <param name="lowest">The smallest f that may fall.</param>
    public bool IsSettled(int k, double highest, double lowest) => Fall[k] != 0 ? Residuals[k] < lowest : Rise[k] != 0 && Residuals[k] > highest;

    /// <summary>Exchanges two examples.</summary>
    public void Exchange(int left, int right)
    {
        (Origin[left], Origin[right]) = (Origin[right], Origin[left]);
        (Signs[left], Signs[right]) = (Signs[right], Signs[left]);
        (Beta[left], Beta[right]) = (Beta[right], Beta[left]);
        (Residuals[left], Residuals[right]) = (Residuals[right], Residuals[left]);
        (Rise[left], Rise[right]) = (Rise[right], Rise[left]);
        (Fall[left], Fall[right]) = (Fall[right], Fall[left]);
    }

    /// <summary><c>b</c> of the decision <c>sum_k beta_k K(x_k, x) + b</c>: the mean f of free coefficients, or the middle between bounds where none is
    /// free.</summary>
    public double Bias()
    {
        var (sum, free, highest, lowest) = (0.0, 0, double.NegativeInfinity, double.PositiveInfinity);
        for (var k = 0; k < Count; k++)
        {
            if (IsFree(k))
                (sum, free) = (sum + Residuals[k], free + 1);
            (highest, lowest) = (Math.Max(highest, Residuals[k] + Rise[k]), Math.Min(lowest, Residuals[k] + Fall[k]));
        }
        return free > 0 ? sum / free : (highest + lowest) / 2;
    }

    /// <summary><c>1/2 beta K beta - sum |beta|</c>, what training makes as small as it can.</summary>
    public double Objective()
    {
        double sum = 0;
        for (var k = 0; k < Count; k++)
            sum -= Beta[k] * (Signs[k] + Residuals[k]);
        return sum / 2;
    }

    private double High(int k) => Signs[k] > 0 ? c : 0;

    private double Low(int k) => Signs[k] > 0 ? 0 : -c;

    private void Mark(int k) =>
        (Rise[k], Fall[k]) = (Beta[k] < High(k) ? 0 : double.NegativeInfinity, Beta[k] > Low(k) ? 0 : double.PositiveInfinity);
}
