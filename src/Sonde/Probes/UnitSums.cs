namespace Sonde.Probes;

/// <summary>Sums over examples of each unit of a layer.</summary>
internal sealed class UnitSums
{
    private readonly double[] z, zz, s, ss, sz;
    private readonly int examples;
    private double betweenUnits, squares;

    /// <summary>Adds up the values of a layer.</summary>
    /// <param name="units">Units of the layer.</param>
    /// <param name="preactivation">s, [examples, units], row major; empty to leave it out.</param>
    /// <param name="activation">z, [examples, units], row major.</param>
    public UnitSums(int units, ReadOnlySpan<float> preactivation, ReadOnlySpan<float> activation)
    {
        (z, zz, s, ss, sz) = (new double[units], new double[units], new double[units], new double[units], new double[units]);
        examples = activation.Length / units;
        for (var n = 0; n < examples; n++)
        {
            var row = activation.Slice(n * units, units);
            AddExample(row);
            if (!preactivation.IsEmpty)
                AddProducts(preactivation.Slice(n * units, units), row);
        }
    }

    /// <summary>The sd of each unit over examples; 0 if it is no more than rounding.</summary>
    /// <param name="rounding">The share of a unit's root mean square that rounding makes.</param>
    public float[] Sds(double rounding) => [.. z.Select((_, k) => (float)SdOf(k, rounding))];

    /// <summary>How far units differ from each other on the same example: the root mean square of that difference over that of all values; 0 if all are
    /// alike.</summary>
    /// <param name="rounding">The share that rounding makes.</param>
    public double Spread(double rounding) => double.IsNaN(squares) ? double.NaN
        : squares > 0 && Math.Sqrt(betweenUnits / squares) is var share && share > rounding ? share : 0;

    /// <summary>For each unit that varies, the share of its variance that a straight line in its pre-activation does not explain.</summary>
    /// <param name="rounding">The share of a unit's root mean square that rounding makes.</param>
    public float[] Nonlinearities(double rounding)
    {
        var shares = new List<float>();
        for (var k = 0; k < z.Length; k++)
        {
            if (!(SdOf(k, rounding) > 0))
                continue;
            var (ofS, ofZ, both) = (Variance(ss[k], s[k]), Variance(zz[k], z[k]), sz[k] / examples - s[k] / examples * (z[k] / examples));
            if (ofS > 0)
                shares.Add((float)Math.Clamp(1 - both * both / (ofS * ofZ), 0, 1));
        }
        return [.. shares];
    }

    private double SdOf(int unit, double rounding)
    {
        var sd = Math.Sqrt(Math.Max(0, Variance(zz[unit], z[unit])));
        return double.IsNaN(zz[unit]) || sd > rounding * Math.Sqrt(zz[unit] / examples) ? sd : 0;
    }

    private double Variance(double square, double sum) => square / examples - sum / examples * (sum / examples);

    private void AddExample(ReadOnlySpan<float> row)
    {
        var (sum, square) = (0.0, 0.0);
        for (var k = 0; k < row.Length; k++)
        {
            double value = row[k];
            z[k] += value;
            zz[k] += value * value;
            sum += value;
            square += value * value;
        }
        squares += square;
        betweenUnits += Math.Max(0, square - sum * sum / row.Length);
    }

    private void AddProducts(ReadOnlySpan<float> pre, ReadOnlySpan<float> row)
    {
        for (var k = 0; k < row.Length; k++)
        {
            double value = pre[k];
            s[k] += value;
            ss[k] += value * value;
            sz[k] += value * row[k];
        }
    }
}
