using Sonde.Interop.Watching;
using Sonde.Networks;

namespace Sonde.Interop.Weights;

/// <summary>Operators behind a layer whose results come together again, as in <c>s sigmoid(s)</c>: one activation that ONNX has no operator for.</summary>
/// <remarks>Exporters write such functions in several ways, so the operators are computed at some points, and the activation is found by its values.</remarks>
internal sealed class OnnxBranch
{
    private static readonly float[] Points = [.. Enumerable.Range(-40, 81).Select(k => k / 8f)];
    private static readonly Activation Gelu = ActivationList.Find("gelu")!;

    private readonly IReadOnlyDictionary<string, OnnxTensor> constants;
    private readonly Dictionary<string, double[]> values = [];
    private readonly Dictionary<string, int> unused;
    private string output;

    /// <summary>Begins at a value that several operators use.</summary>
    /// <param name="name">The value's name: pre-activations.</param>
    /// <param name="nodes">All operators of the graph.</param>
    /// <param name="constants">The graph's constants.</param>
    public OnnxBranch(string name, IReadOnlyList<OnnxNode> nodes, IReadOnlyDictionary<string, OnnxTensor> constants)
    {
        (this.constants, output) = (constants, name);
        values[name] = Array.ConvertAll(Points, point => (double)point);
        unused = nodes.SelectMany(node => node.Inputs).CountBy(input => input).ToDictionary();
    }

    /// <summary>The value that everything has come together in, and the activation that the operators are until there, if Sonde lists one; null while some
    /// results are still apart.</summary>
    public (string Name, Activation? Function)? Joined => values.Keys.All(name => name == output || unused.GetValueOrDefault(name) == 0)
        ? (output, ActivationNames.FindFrom(Points, Array.ConvertAll(values[output], value => (float)value))) : null;

    /// <summary>Computes an operator; false if it does not act on each number by itself.</summary>
    public bool TryTake(OnnxNode node)
    {
        double[][] inputs = [.. node.Inputs.Where(name => name.Length > 0).Select(name => values.GetValueOrDefault(name)
            ?? (constants.GetValueOrDefault(name) is { Values: [var only] } ? Array.ConvertAll(Points, _ => (double)only) : []))];
        if (inputs.Length == 0 || inputs.Any(input => input.Length == 0) || Operation(node) is not { } operation)
            return false;
        output = node.Output;
        values[output] = [.. Points.Select((_, k) => operation(inputs[0][k], inputs[^1][k]))];
        foreach (var name in node.Inputs)
            unused[name]--;
        return true;
    }

    private Func<double, double, double>? Operation(OnnxNode node) => (node.Operator, node.Inputs.Count) switch
    {
        ("Add", 2) => (a, b) => a + b,
        ("Sub", 2) => (a, b) => a - b,
        ("Mul", 2) => (a, b) => a * b,
        ("Div", 2) => (a, b) => a / b,
        ("Pow", 2) => Math.Pow,
        ("Exp", 1) => (a, _) => Math.Exp(a),
        ("Log", 1) => (a, _) => Math.Log(a),
        ("Neg", 1) => (a, _) => -a,
        // gelu(s) = s (1 + erf(s / sqrt 2)) / 2.
        ("Erf", 1) => (a, _) => a == 0 ? 0 : 2 * Gelu.Value(Math.Sqrt(2) * a) / (Math.Sqrt(2) * a) - 1,
        _ => OnnxOperators.Find(node, constants) is { } activation ? (a, _) => activation.Value(a) : null,
    };
}
