using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Tests.Diagnosis.Findings;

/// <summary>A made-up history of a network that fails or learns, to which a test adds what a finding looks for.</summary>
internal sealed record Story
{
    private const long Updates = 4000;

    /// <summary>Three tanh layers of 50 units on 20 inputs, 4 equal classes and 2,000 examples, trained by plain descent.</summary>
    public NetworkFacts Network { get; init; } = new(3, ActivationList.Find("tanh"))
    {
        Inputs = 20, Units = [50, 50, 50], Outputs = 4, Output = OutputList.Softmax, Cost = CostList.Find("nll"), Dropouts = [0, 0, 0],
    };

    public TrainingSetting Training { get; init; } = new() { Optimizer = "sgd", LearningRate = 0.05, Batch = 20, Updates = Updates, Examples = 2000 };

    /// <summary>Test errors at even distances, in per cent; a constant answer has 75.</summary>
    public double[] TestErrors { get; init; } = [75, 75, 75, 75, 75, 75];

    public double[] TrainErrors { get; init; } = [75, 75, 75, 75, 75];

    public double[] Costs { get; init; } = [1.386, 1.386, 1.386, 1.386, 1.386];

    public double Chance { get; init; } = 75;

    public Divergence? Divergence { get; init; }

    public bool IsImported { get; init; }

    public long Done { get; init; } = Updates;

    public IReadOnlyList<LayerStatistics> Rows { get; init; } =
    [
        Of(Quantity.InputSd, 20, 1, 0.1) with { Dead = 0 }, Of(Quantity.InputOffset, 20, 0, 0.1), Of(Quantity.Input, 6000, 0, 1),
        Of(Quantity.TrainClassShare, 4, 0.25, 0.01), Of(Quantity.ClassShift, 4, 0, 0.01), Of(Quantity.InputShift, 20, 0, 0.08),
        Of(Quantity.ConstantError, 1, 74, 0), Of(Quantity.NeighbourError, 1, 12, 0), Of(Quantity.LinearError, 1, 15, 0),
        Of(Quantity.ContradictedLabel, 300, 0.04, 0.2), Of(Quantity.NeighbourDissent, 300, 0.05, 0.1), Of(Quantity.RepeatedExample, 512, 0, 0),
        Of(Quantity.TestInTraining, 512, 0, 0), .. Layers(Quantity.Weight, 0, 0.14), .. Layers(Quantity.Weight, Updates, 0.16),
        .. Hidden(Quantity.UnitSd, 0, 0.6),
        .. Hidden(Quantity.UnitSd,
            Updates, 0.6),
        .. Hidden(Quantity.UnitSpread, 0, 0.9), .. Hidden(Quantity.UnitSpread, Updates, 0.9), .. Hidden(Quantity.Nonlinearity, Updates, 0.05),
        .. Hidden(Quantity.Activation, 0, 0), .. Hidden(Quantity.Activation, Updates, 0), .. Hidden(Quantity.Preactivation, 0, 0),
        .. Hidden(Quantity.BackpropagatedGradient, 0, 0), .. Hidden(Quantity.WeightGradient, Updates, 0),
        .. Layers(Quantity.UpdateToWeightRatio, 0, 1e-3), .. Layers(Quantity.UpdateToWeightRatio, Updates / 2, 1e-3),
    ];

    /// <summary>The same network after it has learned.</summary>
    public static Story Learned { get; } = new()
    {
        TestErrors = [75, 30, 12, 6, 4, 4], TrainErrors = [40, 15, 7, 4, 3], Costs = [0.9, 0.4, 0.2, 0.1, 0.1],
    };

    /// <summary>The network of regression: one number of sd 1 for each example.</summary>
    public Story ForNumbers(double low = -2, double high = 2, double sd = 1, string output = "linear", string cost = "mse") => this with
    {
        Chance = 100,
        TestErrors = [.. TestErrors.Select(error => error * 100 / 75)],
        TrainErrors = [.. TrainErrors.Select(error => error * 100 / 75)],
        Network = Network with { Task = TargetKind.Values, Outputs = 1, Output = OutputList.Find(output), Cost = CostList.Find(cost) },
        Rows = [.. Rows.Where(row => row.Quantity is not (Quantity.TrainClassShare or Quantity.ClassShift)),
            Of(Quantity.Target, 2000, (low + high) / 2, sd) with { Min = low, Max = high }],
    };

    /// <summary>The same with other rows in place of those of the same quantity, layer and update.</summary>
    public Story With(params IEnumerable<LayerStatistics> rows)
    {
        var added = rows.ToList();
        return this with
        {
            Rows = [.. Rows.Where(row => !added.Exists(other => (other.Quantity, other.Layer, other.Update) == (row.Quantity, row.Layer, row.Update))),
                .. added],
        };
    }

    /// <summary>The same without the rows of a quantity.</summary>
    public Story Without(string quantity) => this with { Rows = [.. Rows.Where(row => row.Quantity != quantity)] };

    public TrialHistory History => new(Network, Curve, Rows, Chance) { Training = Training, Updates = Done, Divergence = Divergence, IsImported = IsImported };

    public Verdict Verdict => Verdict.From(History);

    public Finding? Find(string name) => Verdict.Findings.FirstOrDefault(finding => finding.Name == name);

    /// <summary>A row of layer 0.</summary>
    public static LayerStatistics Of(string quantity, long count, double mean, double sd) => Row(0, 0, quantity, mean, sd) with { Count = count };

    /// <summary>A row.</summary>
    public static LayerStatistics Row(long update, int layer, string quantity, double mean, double sd = 0) =>
        Sonde.Tests.Diagnosis.History.Row(update, layer, quantity, mean, sd);

    /// <summary>Rows of the three hidden layers: sd 0.5 around a mean.</summary>
    public static IEnumerable<LayerStatistics> Hidden(string quantity, long update, double mean, double sd = 0.5) => Enumerable.Range(1, 3).Select(layer =>
        quantity is Quantity.UnitSd or Quantity.UnitSpread or Quantity.Nonlinearity ? Row(update, layer, quantity, mean) with { Dead = 0 }
            : Row(update, layer, quantity, mean, sd) with { Saturated = 0.05, Dead = 0 });

    /// <summary>Rows of all four layers: for weights the value is the sd, else the mean.</summary>
    public static IEnumerable<LayerStatistics> Layers(string quantity, long update, double value) => Enumerable.Range(1, 4).Select(layer =>
        quantity == Quantity.Weight ? Row(update, layer, quantity, 0, value) : Row(update, layer, quantity, value));

    private IEnumerable<CurvePoint> Curve =>
    [
        .. TestErrors.Select((error, k) => new CurvePoint(k * Done / Math.Max(1, TestErrors.Length - 1), "test", k == 0 ? 1.386 : Costs[Math.Min(k,
            Costs.Length) - 1], error)),
        .. TrainErrors.Select((error, k) => new CurvePoint((k + 1) * Done / TrainErrors.Length, "train", Costs[k], error)),
    ];
}
