using System.Globalization;
using Sonde.Networks;

namespace Sonde.Interop.Weights;

/// <summary>Which operator of ONNX is which activation.</summary>
internal static class OnnxOperators
{
    // An operator, its settings, and the activation that it is with them. Settings that a node leaves out have ONNX's defaults, given last.
    private static readonly (string Operator, string Activation, (string Name, double Value, double Usual)[] Settings)[] All =
    [
        ("Sigmoid", "sigmoid", []), ("Tanh", "tanh", []), ("Softsign", "softsign", []), ("Relu", "relu", []), ("Softplus", "softplus", []),
        ("Mish", "mish", []), ("Gelu", "gelu", [("approximate", 0, 0)]), ("Swish", "silu", [("alpha", 1, 1)]),
        ("LeakyRelu", "leaky-relu", [("alpha", 0.01, 0.01)]), ("Elu", "elu", [("alpha", 1, 1)]),
        ("Selu", "selu", [("alpha", 1.67326, 1.67326), ("gamma", 1.0507, 1.0507)]),
    ];

    /// <summary>Finds the activation that a node is; null if Sonde has no such one.</summary>
    public static Activation? Find(OnnxNode node, IReadOnlyDictionary<string, OnnxTensor> constants)
    {
        if (node.Operator == "Clip")
            return Limit(node, 1, "min", constants) == -1 && Limit(node, 2, "max", constants) == 1 ? ActivationList.Find("hard-tanh") : null;
        var (_, activation, settings) = All.FirstOrDefault(one => one.Operator == node.Operator);
        return activation is not null && settings.All(setting => IsOf(node, setting)) ? ActivationList.Find(activation) : null;
    }

    /// <summary>Says which setting of a node differs from that of the activation that its operator is; null for operators that are none.</summary>
    public static string? FindOtherSettings(OnnxNode node) =>
        All.FirstOrDefault(one => one.Operator == node.Operator) is { Activation: { } activation, Settings: var settings }
            && settings.FirstOrDefault(setting => !IsOf(node, setting)) is { Name: { } name, Value: var value }
            ? $"has another {name} than Sonde's {activation}" + (node.Numbers.GetValueOrDefault(name) is var other && double.IsNaN(other) ? ""
                : string.Create(CultureInfo.InvariantCulture, $" ({other:G6} instead of {value})")) : null;

    private static bool IsOf(OnnxNode node, (string Name, double Value, double Usual) setting) =>
        Math.Abs(node.Numbers.GetValueOrDefault(setting.Name, setting.Usual) - setting.Value) <= 1e-4 * setting.Value;

    /// <summary>Finds the operator of an activation; null if it takes none, or more than one.</summary>
    public static (string Operator, IReadOnlyList<(string Name, float Value)> Settings)? FindOperator(Activation activation) =>
        All.FirstOrDefault(one => one.Activation == activation.Name) is { Operator: { } name, Settings: { } settings }
            ? (name, [.. settings.Select(setting => (setting.Name, (float)setting.Value))]) : null;

    private static double? Limit(OnnxNode node, int input, string attribute, IReadOnlyDictionary<string, OnnxTensor> constants) =>
        node.Numbers.TryGetValue(attribute, out var number) ? number
        : constants.TryGetValue(node.Inputs.ElementAtOrDefault(input) ?? "", out var tensor) && tensor.Values is [var value] ? value : null;
}
