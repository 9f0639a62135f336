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
            (mean, sd) = (0, 0);
            for (var row = 0; row < training; row++)
                mean += (double)targets[row * outputs + k] / training;
            for (var row = 0; row < training; row++)
                sd += Math.Pow(targets[row * outputs + k] - mean, 2) / training;
            sd = Math.Sqrt(sd);
            for (var index = k; index < targets.Length; index += outputs)
                targets[index] = (float)((targets[index] - mean) / (sd > 0 ? sd : 1));
        }
        return outputs == 1 ? $"targets standardized by the training part: mean {mean:0.####} becomes 0, sd {sd:0.####} becomes 1"
            : "targets standardized by the training part, each by its own mean and sd";
    }
}
