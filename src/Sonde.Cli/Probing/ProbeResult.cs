using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Theory;

namespace Sonde.Cli.Probing;

/// <summary>What <c>sonde probe</c> measured of a network: means over seeds, the forecast and the findings.</summary>
/// <param name="probed">The network.</param>
/// <param name="perSeed">Per seed, the rows of all probes: the same rows in the same order.</param>
internal sealed class ProbeResult(ProbedNetwork probed, IReadOnlyList<IReadOnlyList<LayerStatistics>> perSeed)
{
    /// <summary>The network and its examples.</summary>
    public ProbedNetwork Probed => probed;

    /// <summary>The network.</summary>
    public Network Network => probed.Network;

    /// <summary>The rows of each seed.</summary>
    public IReadOnlyList<IReadOnlyList<LayerStatistics>> PerSeed => perSeed;

    /// <summary>Means over seeds, row by row.</summary>
    public IReadOnlyList<LayerStatistics> Mean { get; } = [.. Enumerable.Range(0, perSeed[0].Count).Select(k => MeanOf([.. perSeed.Select(rows => rows[k])]))];

    /// <summary>What theory predicts.</summary>
    public ProbeForecast Forecast { get; } = new(probed.Network, perSeed);

    /// <summary>What is worth saying about the network.</summary>
    public IReadOnlyList<Finding> Findings =>
    [
        .. Verdict.From(NetworkFacts.From(Network), [], WithoutSteps()).Findings.Select(finding => probed.WeightsFile is null
            ? finding : finding with { Sentence = finding.Sentence.Replace("At initialization", "With these weights", StringComparison.Ordinal) }),
    ];

    /// <summary>Nothing is updated here: the updates that are measured are those of the learning rate 1, which no trial has.</summary>
    private IReadOnlyList<LayerStatistics> WithoutSteps() =>
        [.. Mean.Where(row => row.Quantity is not (Quantity.Update or Quantity.UpdateToWeightRatio))];

    /// <summary>False if there are too few examples for a mini-batch.</summary>
    public bool HasWeightGradients => Row(Quantity.WeightGradient, Network.Layers) is { Count: > 0 };

    /// <summary>Rows of hidden layers' Jacobians; empty if they were not measured.</summary>
    public IReadOnlyList<LayerStatistics> Jacobians => [.. Mean.Where(row => row.Quantity == Quantity.Jacobian)];

    /// <summary>Returns the row of a quantity.</summary>
    /// <param name="quantity">A word of <see cref="Quantity"/>.</param>
    /// <param name="layer">The layer, from 1; the last one is the output layer.</param>
    public LayerStatistics Row(string quantity, int layer) => ByPlace[(quantity, layer)];

    /// <summary>Predicts a Jacobian's singular values from the measured mean and sd of the layer's pre-activations.</summary>
    public JacobianSpectrum PredictedJacobian(int layer)
    {
        var s = Row(Quantity.Preactivation, layer);
        return JacobianSpectrum.AtInitialization(Network, layer, s.Mean, s.Sd);
    }

    /// <summary>Returns the root mean square of a row's values.</summary>
    public static double RootMeanSquare(LayerStatistics row) => Math.Sqrt(row.Mean * row.Mean + row.Sd * row.Sd);

    private Dictionary<(string, int), LayerStatistics> ByPlace => field ??= Mean.ToDictionary(row => (row.Quantity, row.Layer));

    private static LayerStatistics MeanOf(IReadOnlyList<LayerStatistics> rows) => rows[0] with
    {
        Mean = rows.Average(r => r.Mean),
        Sd = rows.Average(r => r.Sd),
        Min = rows.Average(r => r.Min),
        P2 = rows.Average(r => r.P2),
        P25 = rows.Average(r => r.P25),
        P50 = rows.Average(r => r.P50),
        P75 = rows.Average(r => r.P75),
        P98 = rows.Average(r => r.P98),
        Max = rows.Average(r => r.Max),
        Saturated = rows.Average(r => r.Saturated),
        Dead = rows.Average(r => r.Dead),
        NonFinite = rows.Sum(r => r.NonFinite),
    };
}
