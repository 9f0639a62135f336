namespace Sonde.Interop.Tensors;

/// <summary>One tensor as the header of a safetensors file describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How its values are stored, such as <c>F32</c>.</param>
/// <param name="Shape">Sizes, the slowest index first.</param>
/// <param name="Begin">Where its bytes begin, counted from the end of the header.</param>
/// <param name="End">Where they end.</param>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
internal sealed record TensorEntry(string Name, string Type, IReadOnlyList<long> Shape, long Begin, long End, string? Problem)
{
    /// <summary>How many values it has.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The shape in words: <c>16x20</c>.</summary>
    public string ShapeText => Shape.Count == 0 ? "scalar" : string.Join('x', Shape);

    /// <summary>True if its values are whole numbers.</summary>
    public bool IsWhole => Type is "I64" or "I32" or "I16" or "I8" or "U8" or "BOOL";
}
