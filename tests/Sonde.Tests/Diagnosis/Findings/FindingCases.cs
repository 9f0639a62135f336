using Sonde.Networks;
using Sonde.Probes;
using static Sonde.Tests.Diagnosis.Findings.Story;

namespace Sonde.Tests.Diagnosis.Findings;

/// <summary>Made-up histories: for each finding one that has it, and a near miss.</summary>
internal static class FindingCases
{
    public static readonly Story Stuck = new();
    public static readonly Activation Relu = ActivationList.Find("relu")!, Sigmoid = ActivationList.Find("sigmoid")!, Linear = ActivationList.Find("linear")!;

    public static readonly Story Rectified = Stuck with { Network = Stuck.Network with { Activation = Relu } };

    public static Story Wide(Activation activation, int depth) => Stuck with
    {
        Network = Stuck.Network with
        {
            Depth = depth,
            Activation = activation,
            Units = [.. Enumerable.Repeat(50, depth)],
            Dropouts = [.. Enumerable.Repeat(0.0, depth)]
        },
    };

    /// <summary>For each finding: a history with it, and a near miss.</summary>
    public static readonly Dictionary<string, (Story With, Story Without)> Cases = new()
    {
        ["non-finite-values"] = (Stuck.With(Row(4000, 2, Quantity.Activation, 0) with { NonFinite = 7 }), Stuck),
        ["exploded-cost"] = (Stuck with { Costs = [2, 30, 400, 1e4, 1e6] }, Stuck with { Costs = [2, 5, 9, 40, 60] }),
        ["unlearning"] = (Stuck with { TestErrors = [75, 40, 20, 30, 75, 75] }, Stuck),
        ["prior-only"] = (Stuck, Learned),
        ["learning"] = (Learned, Stuck),
        ["healthy"] = (Learned, Learned with { Network = Learned.Network with { Outputs = 1 } }),
        ["plateau"] = (Stuck, Stuck with { Costs = [1.38, 1.3, 1.2, 1.1, 1.0] }),
        ["inputs-unscaled"] = (Stuck.With(Of(Quantity.InputSd, 20, 80, 10)), Stuck.With(Of(Quantity.InputSd, 20, 3, 1))),
        ["inputs-uncentred"] = (Stuck.With(Of(Quantity.InputOffset, 20, 20, 5)), Stuck.With(Of(Quantity.InputOffset, 20, 1.8, 0.5))),
        ["data-non-finite"] = (Stuck.With(Of(Quantity.Input, 5997, 0, 1) with { NonFinite = 3 }), Stuck.With(Row(4000, 2, Quantity.Activation, 0) with
        { NonFinite = 7 })),
        ["inputs-constant"] = (Stuck.With(Of(Quantity.InputSd, 20, 0.1, 0.3) with { Dead = 0.9 }), Stuck.With(Of(Quantity.InputSd, 784, 0.2, 0.2) with
        { Dead = 0.4 })),
        ["inputs-no-signal"] = (Unrelated(Stuck), Unrelated(Learned)),
        ["labels-shuffled"] = (Unrelated(Stuck with { TrainErrors = [74, 70, 60, 40, 20] }), Stuck with { TrainErrors = [74, 70, 60, 40, 20] }),
        ["labels-noisy"] = (Contradicted(0.33, 90), Contradicted(0.15, 90)),
        ["inputs-duplicated"] = (Stuck.With(Of(Quantity.RepeatedExample, 512, 0.9, 0.3)), Stuck.With(Of(Quantity.RepeatedExample, 512, 0.02, 0.1))),
        ["labels-constant"] = (Stuck.With(Of(Quantity.TrainClassShare, 4, 0.25, 0.4) with { Max = 1, Min = 0 }), Stuck),
        ["labels-imbalanced"] = (Stuck.With(Of(Quantity.TrainClassShare, 4, 0.25, 0.4) with { Max = 0.97, Min = 0.01 }),
            Stuck.With(Of(Quantity.TrainClassShare, 4, 0.25, 0.2) with { Max = 0.7, Min = 0.1 })),
        ["split-mismatch"] = (Stuck.With(Of(Quantity.ClassShift, 4, 0, 0.2) with { Max = 0.25 }, Of(Quantity.TrainClassShare, 4, 0.25, 0.2) with
        {
            Max = 0.4,
            Min = 0
        }),
            Stuck.With(Of(Quantity.InputShift, 20, 0, 0.1) with { Max = 0.4 })),
        ["targets-unscaled"] = (Stuck.ForNumbers(-200, 300, 80), Stuck.ForNumbers(-5, 6, 3)),
        ["output-activation-wrong"] = (Stuck.ForNumbers(output: "sigmoid"), Stuck.ForNumbers(0.1, 0.9, 0.2, "sigmoid")),
        ["outputs-count-wrong"] = (Stuck with
        {
            Network = Stuck.Network with
            {
                Outputs = 1,
                Output = OutputList.Find("sigmoid"),
                Cost = CostList.Find("mse")
            }
        }, Stuck),
        ["cost-wrong"] = (Stuck.ForNumbers(cost: "bce"), Stuck.ForNumbers()),
        ["symmetric-units"] = (Stuck.With(Row(0, 2, Quantity.Weight, 0.1)).With(Row(4000, 2, Quantity.UnitSpread, 0)), Stuck.With(Row(0, 4, Quantity.Weight,
            0))),
        ["activation-missing"] = (Stuck with { Network = Stuck.Network with { Activation = Linear } }, Stuck),
        ["init-too-large"] = (Stuck.With(Row(0, 2, Quantity.Weight, 0, 1.4)), Stuck.With(Row(0, 2, Quantity.Weight, 0, 0.3))),
        ["init-too-small"] = (Stuck.With(Row(0, 2, Quantity.Weight, 0, 0.01)), Stuck.With(Layers(Quantity.Weight, 0, 0.082))),
        ["sigmoid-layers"] = (Wide(Sigmoid, 5), Wide(Sigmoid, 2)),
        ["regularization-strong"] = (Stuck with { Network = Stuck.Network with { Dropouts = [0.9, 0.9, 0.9] } },
            Stuck with { Network = Stuck.Network with { Dropouts = [0.2, 0.2, 0.2] } }),
        ["dead-units"] = (Rectified.With(Dead(0)).With(Dead(4000)), Rectified),
        ["zero-gradients"] = (Stuck.With(Hidden(Quantity.WeightGradient, 4000, 0, 0)), Stuck.With(Row(4000, 1, Quantity.WeightGradient, 0))),
        ["rate-high"] = (Stuck.With(Row(2000, 2, Quantity.UpdateToWeightRatio, 0.8)), Stuck.With(Row(2000, 2, Quantity.UpdateToWeightRatio, 0.03))),
        ["rate-low"] = (Stuck.With(Layers(Quantity.UpdateToWeightRatio, 0, 1e-6)).With(Layers(Quantity.UpdateToWeightRatio, 2000, 1e-6)), Stuck),
        ["batch-large"] = (Stuck with { Done = 20, Training = Stuck.Training with { Batch = 2000, Updates = 20 } }, Stuck with
        { Training = Stuck.Training with { Batch = 2000 } }),
        ["too-few-updates"] = (Stuck with { Done = 20, Training = Stuck.Training with { Updates = 20 } }, Stuck),
        ["capacity-small"] = (Narrow(1), Narrow(20)),
        ["overfit"] = (Learned with { TestErrors = [75, 50, 45, 44, 45, 46] }, Learned),
        ["capacity-large"] = (Learned with { TestErrors = [75, 50, 45, 44, 45, 46], Training = Stuck.Training with { Examples = 30 } },
            Learned with { TestErrors = [75, 50, 45, 44, 45, 46] }),
        ["top-layer-collapse"] = (Wide(Sigmoid, 3).With(Hidden(Quantity.Activation, 0, 0.5, 0.1)).With(Hidden(Quantity.Activation, 4000, 0.5, 0.1))
            .With(Row(4000, 3, Quantity.Activation, 0.02, 0.005)), Wide(Sigmoid, 3).With(Hidden(Quantity.Activation, 0, 0.5,
                0.1)).With(Hidden(Quantity.Activation, 4000, 0.3, 0.1))),
        ["saturated-at-start"] = (Stuck.With(Row(0, 1, Quantity.Activation, 0, 0.9) with { Saturated = 0.8 }), Stuck.With(Row(0, 1, Quantity.Activation, 0,
            0.9) with
        { Saturated = 0.2 })),
        ["vanishing-gradients"] = (Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0, 0.001)), Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0,
            0.3))),
        ["exploding-gradients"] = (Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0, 50)), Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0, 1))),
        ["vanishing-activations"] = (Stuck.With(Row(0, 3, Quantity.UnitSd, 0.002)), Stuck.With(Row(0, 3, Quantity.UnitSd, 0.2))),
        ["exploding-activations"] = (Stuck.With(Row(0, 3, Quantity.Preactivation, 0, 100)), Stuck.With(Row(0, 3, Quantity.Preactivation, 0, 2))),
        ["saturating"] = (Stuck.With(Row(1000, 2, Quantity.Activation, 0, 0.9) with { Saturated = 0.8 }).With(Row(4000, 2, Quantity.Activation, 0, 0.9) with
        { Saturated = 0.9 }),
            Stuck.With(Row(4000, 2, Quantity.Activation, 0, 0.9) with { Saturated = 0.1 })),
        ["too-linear"] = (Stuck.With(Hidden(Quantity.Nonlinearity, 4000, 1e-5)), Stuck.With(Hidden(Quantity.Nonlinearity, 4000, 0.01))),
        ["batch-small"] = (Stuck.With(Row(2000, 2, Quantity.UpdateToWeightRatio, 0.8)) with { Training = Stuck.Training with { Batch = 1 } },
            Stuck with { Training = Stuck.Training with { Batch = 1 } }),
        ["momentum-strong"] = (Stuck with { Training = Stuck.Training with { Optimizer = "momentum", Momentum = 0.998 } },
            Stuck with { Training = Stuck.Training with { Optimizer = "momentum", Momentum = 0.9 } }),
        ["optimizer-wrong"] = (Stuck.With(Row(4000, 1, Quantity.WeightGradient, 0, 1e-4)), Stuck.With(Row(4000, 1, Quantity.WeightGradient, 0, 0.1))),
        ["gradients-level"] = (Stuck, Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0, 0.001))),
    };

    public static Story Unrelated(Story story) => story.With(Of(Quantity.NeighbourError, 1, 74, 0), Of(Quantity.LinearError, 1, 73, 0));

    public static Story Noisy(double known) => (Stuck with
    {
        TestErrors = [75, 50, 42, 41, 41, 42],
        TrainErrors = [55, 45, 42, 41, 40],
        Costs = [1.2, 1.1, 1.05, 1.04, 1.04],
    }).With(Of(Quantity.NeighbourError, 1, known, 0), Of(Quantity.LinearError, 1, known, 0)).Without(Quantity.ContradictedLabel);

    public static Story Contradicted(double share, int places, double dissent = 0.16) =>
        Noisy(70).With(Of(Quantity.ContradictedLabel, places, share, 0.4), Of(Quantity.NeighbourDissent, places, dissent, 0.1));

    public static Story Narrow(int units) => Stuck with
    {
        Network = Stuck.Network with { Units = [50, units, 50] },
        TestErrors = [75, 60, 50, 48, 48, 48],
        TrainErrors = [60, 50, 48, 48, 48],
        Costs = [1.2, 1.1, 1.05, 1.04, 1.04],
    };

    public static IEnumerable<LayerStatistics> Dead(long update) =>
        [Row(update, 2, Quantity.UnitSd, 0) with { Dead = 1 }, Row(update, 2, Quantity.Activation, 0) with { Dead = 1 }];
}
