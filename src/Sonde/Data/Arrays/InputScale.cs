
namespace Sonde.Data.Arrays;

/// <summary>The scaling from the values in files to inputs: <c>(value - offset) * factor + low</c>, with one offset and factor for all inputs, or one
/// for each input.</summary>
/// <param name="Offsets">One, or one for each input.</param>
/// <param name="Factors">As many; 0 for an input that is the same in every training example, which becomes <paramref name="Low"/>.</param>
/// <param name="Low">The input that the offset becomes.</param>
/// <param name="Account">A sentence for the report that says how inputs are scaled.</param>
internal sealed record InputScale(double[] Offsets, double[] Factors, double Low, string Account)
{
    /// <summary>The range that all training inputs are in; null if they were not scaled to one.</summary>
    public PixelRange? Range { get; private init; }

    /// <summary>Measures a training part and returns the scaling that follows.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="scaling">The kind of scaling.</param>
    /// <param name="isImage">True if all inputs share one scale.</param>
    public static InputScale FromTraining(RawExamples train, InputScaling scaling, bool isImage)
    {
        if (scaling == InputScaling.None)
            return new([0], [1], 0, UnscaledAccount(train));
        var each = isImage ? "" : ", each feature by its own";
        if (scaling == InputScaling.Standardize)
        {
            var moments = Moments(train, isImage);
            return new([.. moments.Select(m => m.Mean)], [.. moments.Select(m => m.Sd > 0 ? 1 / m.Sd : 0)], 0,
                isImage ? $"pixels standardized by the training part: mean {moments[0].Mean:0.####} becomes 0, sd {moments[0].Sd:0.####} becomes 1"
                    : $"features standardized by the training part{each} mean and sd{Constant(moments.Count(m => m.Sd == 0))}");
        }
        var range = scaling == InputScaling.MinusOneToOne ? PixelRange.MinusOneToOne : PixelRange.ZeroToOne;
        double low = range.Low();
        if (isImage && train.Greys is not null)
            return new([0], [(1 - low) / 255], low, $"grey levels 0 to 255 laid on {range.Text()}") { Range = range };
        var ends = Ends(train, isImage);
        var account = isImage ? $"pixels from {ends[0].Min:0.####} to {ends[0].Max:0.####}, as the training part has them, laid on {range.Text()}"
            : $"features laid on {range.Text()} by the training part{each} smallest and largest value{Constant(ends.Count(e => e.Max == e.Min))}";
        return new([.. ends.Select(e => (double)e.Min)], [.. ends.Select(e => e.Max > e.Min ? (1 - low) / ((double)e.Max - e.Min) : 0)], low, account)
        {
            Range = range,
        };
    }

    /// <summary>Scales examples.</summary>
    public LabelledExamples Apply(RawExamples examples, byte[] labels)
    {
        if (examples.Greys is { } greys && Offsets.Length == 1)
        {
            float[] values = [.. Enumerable.Range(0, 256).Select(grey => Scaled(grey, 0))];
            return examples.Rows is { } rows ? LabelledExamples.FromRows(greys, examples.Inputs, rows, labels, values)
                : LabelledExamples.FromGreys(greys, labels, values);
        }
        var floats = new float[examples.Count * examples.Inputs];
        for (var example = 0; example < examples.Count; example++)
            for (var input = 0; input < examples.Inputs; input++)
                floats[example * examples.Inputs + input] = Scaled(examples[example, input], Offsets.Length == 1 ? 0 : input);
        return LabelledExamples.FromFloats(floats, labels);
    }

    private float Scaled(float value, int k) => (float)((value - Offsets[k]) * Factors[k] + Low);

    // The sd of all inputs together: what the first layer is fed with.
    private static string UnscaledAccount(RawExamples train)
    {
        var (mean, sd) = Moments(train, isShared: true)[0];
        var (min, max) = Ends(train, isShared: true)[0];
        var cure = sd is > 0.1 and < 10 ? "" : ". Most networks need an sd near 1; `scale: standardize` gives that";
        return $"inputs are not scaled: {min:G3} to {max:G3}, mean {mean:G3}, sd {sd:G3}{cure}";
    }

    private static string Constant(int count) => count == 0 ? "" : $" ({count} that never {(count == 1 ? "changes" : "change")})";

    // Two passes, so that a large mean does not swallow a small deviation.
    private static (double Mean, double Sd)[] Moments(RawExamples train, bool isShared)
    {
        if (isShared && train.Greys is not null)
            return [GreyMoments(train)];
        var groups = isShared ? 1 : train.Inputs;
        var perGroup = (double)train.Count * train.Inputs / groups;
        var (means, squares) = (new double[groups], new double[groups]);
        ForEach(train, isShared, (group, value) => means[group] += value / perGroup);
        ForEach(train, isShared, (group, value) => squares[group] += (value - means[group]) * (value - means[group]) / perGroup);
        return [.. means.Zip(squares, (mean, square) => (mean, SdOf(mean, square)))];
    }

    // If all values are equal, the rest is rounding and not spread.
    private static double SdOf(double mean, double square) => Math.Sqrt(square) <= 1e-12 * Math.Abs(mean) ? 0 : Math.Sqrt(square);

    // The same sums in the same order; each of the 256 terms is computed once.
    private static (double Mean, double Sd) GreyMoments(RawExamples train)
    {
        var count = (double)train.Count * train.Inputs;
        var mean = SumOverGreys(train, grey => grey / count);
        return (mean, SdOf(mean, SumOverGreys(train, grey => (grey - mean) * (grey - mean) / count)));
    }

    private static double SumOverGreys(RawExamples train, Func<float, double> termOf)
    {
        double[] terms = [.. Enumerable.Range(0, 256).Select(grey => termOf(grey))];
        var sum = 0.0;
        for (var example = 0; example < train.Count; example++)
            foreach (var grey in train.GreysOf(example))
                sum += terms[grey];
        return sum;
    }

    private static (float Min, float Max)[] Ends(RawExamples train, bool isShared)
    {
        var ends = new (float Min, float Max)[isShared ? 1 : train.Inputs];
        Array.Fill(ends, (float.PositiveInfinity, float.NegativeInfinity));
        ForEach(train, isShared, (group, value) => ends[group] = (Math.Min(ends[group].Min, value), Math.Max(ends[group].Max, value)));
        return ends;
    }

    private static void ForEach(RawExamples examples, bool isShared, Action<int, float> take)
    {
        for (var example = 0; example < examples.Count; example++)
            for (var input = 0; input < examples.Inputs; input++)
                take(isShared ? 0 : input, examples[example, input]);
    }
}
