using System.Collections;
using Sonde.Networks;

namespace Sonde.Studies.Fields;

/// <summary>Units of each hidden layer, from the input, and what layers say besides; written <c>1000x5</c>, <c>500,300</c>, <c>none</c> for no hidden layer, or
/// in words: <c>512 relu he, 64x3 tanh</c>.</summary>
/// <remarks>Two of them are equal if they hold the same layers.</remarks>
public sealed class HiddenWidths : IReadOnlyList<int>, IEquatable<HiddenWidths>
{
    /// <summary>The most units in a layer.</summary>
    public const int MostUnits = 40_000;

    /// <summary>The most layers.</summary>
    public const int MostLayers = 1000;

    private const string NoLayer = "none";
    private readonly HiddenLayer[] layers;

    /// <summary>Makes layers that say no more than their widths.</summary>
    /// <param name="widths">Units of each hidden layer, from the input; empty for no hidden layer.</param>
    /// <exception cref="ArgumentException">A width is below 1 or above <see cref="MostUnits"/>, or there are more than <see cref="MostLayers"/>.</exception>
    public HiddenWidths(IEnumerable<int> widths)
        : this((widths ?? throw new ArgumentNullException(nameof(widths))).Select(units => new HiddenLayer(Checked(units))))
    {
    }

    private HiddenWidths(IEnumerable<HiddenLayer> layers)
    {
        this.layers = [.. layers];
        if (this.layers.Length > MostLayers)
            throw new ArgumentException($"Expected at most {MostLayers} hidden layers, got {this.layers.Length}. Use fewer layers.", nameof(layers));
        foreach (var layer in this.layers)
            Checked(layer.Units);
    }

    /// <summary>Makes these layers.</summary>
    /// <exception cref="ArgumentException">A width is above <see cref="MostUnits"/>, or there are more than <see cref="MostLayers"/>.</exception>
    public static HiddenWidths Of(IEnumerable<HiddenLayer> layers) => new(layers);

    /// <summary>The layers with all that they say, from the input.</summary>
    public IReadOnlyList<HiddenLayer> Layers => layers;

    /// <inheritdoc/>
    public int Count => layers.Length;

    /// <summary>Units of the hidden layer at an index.</summary>
    /// <param name="index">From 0: hidden layer 1 is at index 0.</param>
    public int this[int index] => layers[index].Units;

    /// <summary>The width that all layers share; null if there is no layer, or if widths differ.</summary>
    public int? Shared => layers.Length > 0 && layers.All(layer => layer.Units == layers[0].Units) ? layers[0].Units : null;

    /// <summary>Builds layers of the same width: <c>Repeat(1000, 5)</c> is <c>1000x5</c>.</summary>
    /// <param name="width">Units of each layer.</param>
    /// <param name="layers">How many layers.</param>
    /// <exception cref="ArgumentException">The width or the number of layers is out of range.</exception>
    public static HiddenWidths Repeat(int width, int layers) => new(Enumerable.Repeat(width, layers));

    /// <summary>Reads <c>1000x5</c>, <c>500,300</c>, <c>100</c>, <c>none</c> or <c>512 relu he, 64x3 tanh</c>; returns null for any other text.</summary>
    public static HiddenWidths? Find(string? text)
    {
        if (text is null)
            return null;
        if (text == NoLayer)
            return new((IEnumerable<int>)[]);
        return HiddenLayer.Find(text, MostLayers) is { } layers && layers.All(layer => layer.Units <= MostUnits) ? new(layers) : null;
    }

    /// <inheritdoc/>
    public bool Equals(HiddenWidths? other) => other is not null && layers.AsSpan().SequenceEqual(other.layers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HiddenWidths);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var layer in layers)
            hash.Add(layer);
        return hash.ToHashCode();
    }

    /// <summary>The one spelling of these layers: <c>1000x5</c> (<c>1000x1</c> for one layer), <c>500,300</c>, <c>none</c> or
    /// <c>512 relu he, 64x3 tanh</c>.</summary>
    public override string ToString() => layers.Length == 0 ? NoLayer : HiddenLayer.TextOf(layers);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => layers.Select(layer => layer.Units).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>True if both hold the same widths, or both are null.</summary>
    public static bool operator ==(HiddenWidths? left, HiddenWidths? right) => left is null ? right is null : left.Equals(right);

    /// <summary>True if they hold different widths.</summary>
    public static bool operator !=(HiddenWidths? left, HiddenWidths? right) => !(left == right);

    private static int Checked(int units) => units is >= 1 and <= MostUnits ? units
        : throw new ArgumentException($"Expected widths from 1 to {MostUnits}, got {units}. Correct that width.", nameof(units));
}
