using Sonde.Interop.Tensors;

namespace Sonde.Interop.Weights;

/// <summary>One operator of an ONNX graph.</summary>
/// <param name="Name">Its name, or that of its output.</param>
/// <param name="Operator">Such as <c>Gemm</c>.</param>
/// <param name="Inputs">Names of its inputs; an empty name is an input that is left out.</param>
/// <param name="Output">Name of its first output.</param>
/// <param name="Numbers">Its attributes that are numbers.</param>
/// <param name="Constant">The attribute <c>value</c> of a constant; null for others.</param>
internal sealed record OnnxNode(
    string Name, string Operator, IReadOnlyList<string> Inputs, string Output, IReadOnlyDictionary<string, double> Numbers, OnnxTensor? Constant)
{
    /// <summary>The operator with the node's name, for messages.</summary>
    public string Where => $"operator {Operator} (node '{Name}')";

    /// <summary>Reads a <c>NodeProto</c>.</summary>
    public static OnnxNode Read(ReadOnlySpan<byte> message, string path)
    {
        var (inputs, numbers, output, name, kind) = (new List<string>(), new Dictionary<string, double>(), (string?)null, "", "");
        OnnxTensor? constant = null;
        var fields = new ProtobufReader(message, path);
        while (fields.TryRead())
            switch (fields.Field)
            {
                case 1:
                    inputs.Add(fields.Text);
                    break;
                case 2:
                    output ??= fields.Text;
                    break;
                case 3:
                    name = fields.Text;
                    break;
                case 4:
                    kind = fields.Text;
                    break;
                case 5:
                    constant = ReadAttribute(fields.Bytes, path, numbers) ?? constant;
                    break;
            }
        return new(name.Length > 0 ? name : output ?? "", kind, inputs, output ?? "", numbers, constant);
    }

    private static OnnxTensor? ReadAttribute(ReadOnlySpan<byte> message, string path, Dictionary<string, double> numbers)
    {
        var (name, number, tensor) = ("", (double?)null, (OnnxTensor?)null);
        var fields = new ProtobufReader(message, path);
        while (fields.TryRead())
            switch (fields.Field)
            {
                case 1:
                    name = fields.Text;
                    break;
                case 2:
                    number = fields.Single;
                    break;
                case 3:
                    number = fields.Whole;
                    break;
                case 4 when fields.Text is not "none":
                    // A word is no number that any operator has here.
                    number = double.NaN;
                    break;
                case 5:
                    tensor = OnnxTensor.Read(fields.Bytes, path);
                    break;
            }
        if (number is { } value)
            numbers[name] = value;
        return tensor;
    }
}
