namespace Sonde.Data.Arrays;

/// <summary>Scales numeric targets.</summary>
internal static class TargetScale
{
    /// <summary>Scales each column to mean 0 and standard deviation 1 over the training rows, in place. A column that never changes becomes 0.</summary>
    /// <param name="targets">[rows, outputs], the training rows first.</param>
    /// <param name="outputs">Columns.</param>
    /// <param name="training">How many rows are of the training part.</param>
    /// <returns>A sentence for the report.</returns>
    public static string Standardize(float[] targets, int outputs, int training)
    {
        var (mean, sd) = (0.0, 0.0);
        for (var k = 0; k < outputs; k++)
        {
            double[] column = [.. Enumerable.Range(0, training).Select(row => (double)targets[row * outputs + k])];
            mean = column.Min() == column.Max() ? column[0] : column.Average();
            sd = Math.Sqrt(column.Average(target => (target - mean) * (target - mean)));
            for (var index = k; index < targets.Length; index += outputs)
                targets[index] = (float)((targets[index] - mean) / (sd > 0 ? sd : 1));
        }
        return outputs == 1 ? $"targets standardized by the training part: mean {mean:0.####} becomes 0, sd {sd:0.####} becomes 1"
            : "targets standardized by the training part, each by its own mean and sd";
    }
}
