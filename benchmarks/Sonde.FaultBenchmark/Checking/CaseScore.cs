namespace Sonde.FaultBenchmark.Checking;

/// <summary>The score by which a case is judged, of outputs and targets: what <c>run_case.py</c> computes.</summary>
internal static class CaseScore
{
    /// <summary>Computes the score.</summary>
    /// <param name="fault">The case: its score's name and the coding of its targets.</param>
    /// <param name="outputs">[examples, units] of the output layer.</param>
    /// <param name="targets">[examples, columns], before they become one-hot or are repeated.</param>
    public static double Compute(FaultCase fault, CaseArray outputs, CaseArray targets)
    {
        var rows = Enumerable.Range(0, outputs.Rows);
        var coding = fault.Text("targets.coding");
        return fault.Text("score") switch
        {
            "r2" => ExplainedVariance(outputs, targets),
            "bits" => rows.Average(n => Enumerable.Range(0, outputs.Columns).Average(k => outputs.At(n, k) > 0.5 == targets.At(n, k) > 0.5 ? 1.0 : 0)),
            _ when outputs.Columns > 1 => rows.Average(n => Largest(outputs, n) == (int)targets.At(n, 0) ? 1.0 : 0),
            _ when coding == "one-hot" => 0,
            _ => rows.Average(n => Math.Round(Math.Clamp(outputs.At(n, 0), 0, 1), MidpointRounding.ToEven) == targets.At(n, 0) ? 1.0 : 0),
        };
    }

    private static double ExplainedVariance(CaseArray outputs, CaseArray targets)
    {
        var (left, all) = (0.0, 0.0);
        for (var k = 0; k < outputs.Columns; k++)
        {
            var mean = Enumerable.Range(0, targets.Rows).Average(n => (double)targets.At(n, k));
            for (var n = 0; n < outputs.Rows; n++)
            {
                left += Math.Pow((double)outputs.At(n, k) - targets.At(n, k), 2);
                all += Math.Pow(targets.At(n, k) - mean, 2);
            }
        }
        return 1 - left / all;
    }

    private static int Largest(CaseArray outputs, int row)
    {
        var best = 0;
        for (var k = 1; k < outputs.Columns; k++)
            if (outputs.At(row, k) > outputs.At(row, best))
                best = k;
        return best;
    }
}
