using static Sonde.FaultBenchmark.Seeded.DataRecipe;
using static Sonde.FaultBenchmark.Seeded.Part;
using static Sonde.FaultBenchmark.Seeded.Recipe;

namespace Sonde.FaultBenchmark.Seeded;

/// <summary>Networks that learn: 16 kinds of them in each part, on other data, of other sizes. Faults are made of these.</summary>
internal static class HealthyList
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<HealthyNetwork> All { get; } =
    [
        // Calibrate
        new("relu", Calibrate, Adam(Of(Teacher(1, 20, 4, 8000), 64, 2, "relu", "he"), 0.003)),
        new("relu", Calibrate, Sgd(Of(Clouds(2, 24, 6, 3), 80, 3, "relu", "he"), 0.05)),
        new("tanh", Calibrate, Sgd(Of(Shells(3, 3, 2, 3), 40, 2, "tanh", "normalized"), 0.2, 4000)),
        new("tanh", Calibrate, Sgd(Of(Teacher(4, 12, 3, 8000), 30, 3, "tanh", "normalized"), 0.1, 3000)),
        new("sigmoid", Calibrate, Adam(Of(Clouds(5, 16, 4, 3), 50, 1, "sigmoid", "normalized"), 0.01)),
        new("deep-relu", Calibrate, Adam(Of(Clouds(6, 20, 5, 3), 48, 8, "relu", "he"), 0.001, 2500)),
        new("deep-tanh", Calibrate, Sgd(Of(Clouds(7, 16, 4, 3), 32, 15, "tanh", "normalized"), 0.02, 2500)),
        new("deep-tanh", Calibrate, Adam(Of(Teacher(8, 10, 3, 8000), 40, 10, "tanh", "normalized"), 0.001, 2500)),
        new("regression-relu", Calibrate, Numbers(Adam(Of(Friedman(9, 5), 64, 2, "relu", "he"), 0.003))),
        new("regression-tanh", Calibrate, Numbers(Sgd(Of(Waves(10, 3, 2, 1.2), 40, 2, "tanh", "normalized"), 0.1, 4000))),
        new("yes-no", Calibrate, YesNo(Adam(Of(Shells(11, 4, 2, 2), 32, 2, "relu", "he"), 0.003))),
        new("yes-no", Calibrate, YesNo(Sgd(Of(Clouds(12, 12, 2, 3), 20, 1, "tanh", "normalized"), 0.1))),
        new("wide", Calibrate, Sgd(Of(Clouds(13, 30, 6, 3), 600, 1, "relu", "he"), 0.03)),
        new("narrow", Calibrate, Adam(Of(Clouds(14, 8, 3, 3), 6, 2, "tanh", "normalized"), 0.01)),
        new("dropout", Calibrate, Adam(Of(Clouds(15, 20, 5, 3), 100, 2, "relu", "he").MapLayers((layer, _) => layer with { Dropout = 0.2 }), 0.002)),
        new("momentum", Calibrate, Sgd(Of(Teacher(16, 16, 3, 8000), 50, 2, "relu", "he") with { Optimizer = "momentum" }, 0.02)),
        new("rmsprop", Calibrate, Sgd(Of(Clouds(17, 16, 4, 3), 40, 2, "relu", "he") with { Optimizer = "rmsprop" }, 0.002)),
        new("plateau", Calibrate, Sgd(Of(Parity(18, 3, 2), 40, 1, "tanh", "normalized"), 0.1, 6000)),
        new("plateau", Calibrate, Sgd(Of(Clouds(19, 16, 4, 3), 40, 3, "sigmoid", "normalized"), 0.3, 6000)),
        new("digits", Calibrate, Sgd(Of(Digits(0, 0, 5, 4000), 60, 2, "tanh", "normalized"), 0.05)),
        new("shapes", Calibrate, Adam(Of(Shapes(21, 16), 100, 3, "relu", "he"), 0.002, 6000) with { Batch = 64 }),
        new("other-units", Calibrate, Sgd(Of(Clouds(22, 16, 4, 3), 50, 3, "softsign", "normalized"), 0.1)),
        new("other-units", Calibrate, Adam(Of(Friedman(23, 3), 50, 3, "elu", "he") with { Cost = "mse", Output = "linear", IsRegression = true }, 0.002)),
        new("no-hidden", Calibrate, Sgd(Of(Clouds(24, 20, 5, 3), 1, 0, "tanh", "normalized"), 0.1)),
        new("cosine", Calibrate, Adam(Of(Teacher(25, 14, 3, 8000), 60, 2, "relu", "he"), 0.005) with { Training = Words("schedule", "cosine") }),

        // Held out
        new("relu", HeldOut, Adam(Of(Shells(101, 5, 1, 3, 3000), 56, 3, "relu", "he-uniform"), 0.002, 3000)),
        new("relu", HeldOut, Sgd(Of(Teacher(102, 26, 3, 8000), 100, 1, "relu", "he"), 0.1, 3000)),
        new("relu", HeldOut, Adam(Of(Clouds(103, 40, 8, 3.5), 36, 4, "relu", "he"), 0.002)),
        new("tanh", HeldOut, Sgd(Of(Clouds(104, 14, 5, 3), 25, 2, "tanh", "lecun"), 0.08)),
        new("tanh", HeldOut, Adam(Of(Spirals(105, 0.9, 3, 3000), 48, 3, "tanh", "normalized"), 0.004, 3000)),
        new("sigmoid", HeldOut, Adam(Of(Teacher(106, 9, 3, 8000), 70, 1, "sigmoid", "normalized"), 0.02, 3000)),
        new("sigmoid", HeldOut, Sgd(Of(Clouds(107, 22, 3, 3), 30, 1, "sigmoid", "normalized"), 0.5)),
        new("deep-relu", HeldOut, Adam(Of(Clouds(108, 26, 6, 3.2), 40, 12, "relu", "he"), 0.0007, 2500)),
        new("deep-relu", HeldOut, Adam(Of(Teacher(109, 12, 3, 8000), 64, 6, "relu", "he"), 0.001, 2500)),
        new("deep-tanh", HeldOut, Sgd(Of(Clouds(110, 18, 3, 3), 36, 20, "tanh", "orthogonal"), 0.01, 2500)),
        new("deep-tanh", HeldOut, Adam(Of(Clouds(111, 12, 6, 3.5), 28, 12, "tanh", "normalized"), 0.001, 2500)),
        new("regression-relu", HeldOut, Numbers(Adam(Of(Waves(112, 4, 1, 1.1, 3000), 72, 3, "relu", "he"), 0.002, 2500))),
        new("regression-relu", HeldOut, Numbers(Sgd(Of(Friedman(113, 7, 3000), 90, 2, "relu", "he"), 0.02, 4000))),
        new("regression-tanh", HeldOut, Numbers(Sgd(Of(Friedman(114, 1), 35, 2, "tanh", "normalized"), 0.1, 4000))),
        new("regression-tanh", HeldOut, Numbers(Adam(Of(Waves(115, 2, 3, 1.5), 45, 3, "tanh", "normalized"), 0.003, 3000))),
        new("yes-no", HeldOut, YesNo(Adam(Of(Spirals(116, 0.8, 2, 3000), 40, 3, "relu", "he"), 0.004, 3000))),
        new("yes-no", HeldOut, YesNo(Sgd(Of(Teacher(117, 10, 2, 8000), 28, 2, "tanh", "normalized"), 0.15, 3000))),
        new("wide", HeldOut, Sgd(Of(Clouds(118, 36, 7, 3.2), 1000, 1, "relu", "he"), 0.02)),
        new("wide", HeldOut, Sgd(Of(Clouds(119, 12, 3, 3), 500, 2, "tanh", "normalized"), 0.03, 500)),
        new("narrow", HeldOut, Sgd(Of(Clouds(120, 10, 4, 3.5), 8, 2, "tanh", "normalized"), 0.1, 3000)),
        new("narrow", HeldOut, Adam(Of(Clouds(121, 6, 2, 3), 5, 1, "relu", "he"), 0.01)),
        new("dropout", HeldOut, Adam(Of(Clouds(122, 28, 6, 3.5), 150, 2, "relu", "he").MapLayers((layer, _) => layer with { Dropout = 0.3 }), 0.002)),
        new("nesterov", HeldOut, Sgd(Of(Clouds(123, 18, 5, 3), 44, 2, "relu", "he") with { Optimizer = "nesterov" }, 0.01)),
        new("momentum", HeldOut, Sgd(Of(Teacher(124, 8, 3, 8000), 32, 2, "tanh", "normalized") with { Optimizer = "momentum" }, 0.02, 3000)),
        new("plateau", HeldOut, Sgd(Of(Parity(125, 4, 1, 4000), 60, 1, "tanh", "normalized"), 0.15, 12000)),
        new("plateau", HeldOut, Sgd(Of(Clouds(126, 20, 3, 3), 32, 4, "sigmoid", "normalized"), 0.5, 12000)),
        new("digits", HeldOut, Adam(Of(Digits(30000, 0, 10, 6000), 64, 2, "relu", "he"), 0.001, 2500)),
        new("digits", HeldOut, Sgd(Of(Digits(20000, 5, 5, 4000), 40, 3, "tanh", "normalized"), 0.05)),
        new("shapes", HeldOut, Adam(Of(Shapes(129, 18), 110, 3, "relu", "he-uniform"), 0.0015, 6000) with { Batch = 64 }),
        new("other-units", HeldOut, Adam(Of(Clouds(130, 20, 5, 3), 40, 3, "selu", "lecun"), 0.001)),
        new("other-units", HeldOut, Adam(Of(Teacher(131, 14, 3, 8000), 60, 2, "gelu", "he"), 0.002, 2500)),
        new("other-units", HeldOut, Sgd(Of(Clouds(132, 16, 4, 3), 60, 2, "leaky-relu", "he"), 0.03)),
        new("no-hidden", HeldOut, Adam(Of(Clouds(133, 30, 4, 3), 1, 0, "tanh", "normalized"), 0.01)),
        new("step", HeldOut, Sgd(Of(Clouds(134, 24, 5, 3), 50, 2, "relu", "he"), 0.1) with { Training = Words("schedule", "\"step(500,0.5)\"") }),
    ];

    private static Recipe Adam(Recipe recipe, double rate, int updates = 2000) => recipe with { Optimizer = "adam", Rate = rate, Updates = updates };

    private static Recipe Sgd(Recipe recipe, double rate, int updates = 2000) => recipe with { Rate = rate, Updates = updates };

    private static Recipe Numbers(Recipe recipe) => recipe with { Output = "linear", Cost = "mse", IsRegression = true };

    private static Recipe YesNo(Recipe recipe) => recipe with { Output = "sigmoid", Cost = "bce", AsksYesNo = true };

    private static Dictionary<string, string> Words(string name, string value) => new() { [name] = value };
}
