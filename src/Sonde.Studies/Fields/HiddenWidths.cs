using System.Collections;
using System.Globalization;

namespace Sonde.Studies.Fields;

/// <summary>Units of each hidden layer, from the input; written <c>1000x5</c>, <c>500,300</c>, or <c>none</c> for no hidden layer.</summary>
/// <remarks>Two of them are equal if they hold the same widths.</remarks>
public sealed class HiddenWidths : IReadOnlyList<int>, IEquatable<HiddenWidths>
{
    /// <summary>The most units in a layer.</summary>
    public const int MostUnits = 40_000;

    /// <summary>The most layers.</summary>
    public const int MostLayers = 1000;

    private const string NoLayer = "none";
    private readonly int[] widths;

    /// <summary>Takes a copy of the widths.</summary>
    /// <param name="widths">Units of each hidden layer, from the input; empty for no hidden layer.</param>
    /// <exception cref="ArgumentException">A width is below 1 or above <see cref="MostUnits"/>, or there are more than <see cref="MostLayers"/>.</exception>
    public HiddenWidths(IEnumerable<int> widths)
    {
        ArgumentNullException.ThrowIfNull(widths);
        this.widths = [.. widths];
        if (this.widths.Length > MostLayers)
            throw new ArgumentException($"Expected at most {MostLayers} hidden layers, got {this.widths.Length}. Use fewer layers.", nameof(widths));
        foreach (var width in this.widths)
            if (width is < 1 or > MostUnits)
                throw new ArgumentException($"Expected widths from 1 to {MostUnits}, got {width}. Correct that width.", nameof(widths));
    }

    /// <inheritdoc/>
    public int Count => widths.Length;

    /// <summary>Units of the hidden layer at an index.</summary>
    /// <param name="index">From 0: hidden layer 1 is at index 0.</param>
    public int this[int index] => widths[index];

    /// <summary>The width that all layers share; null if there is no layer, or if widths differ.</summary>
    public int? Shared => widths.Length > 0 && widths.All(width => width == widths[0]) ? widths[0] : null;

    /// <summary>Builds layers of the same width: <c>Repeat(1000, 5)</c> is <c>1000x5</c>.</summary>
    /// <param name="width">Units of each layer.</param>
    /// <param name="layers">How many layers.</param>
    /// <exception cref="ArgumentException">The width or the number of layers is out of range.</exception>
    public static HiddenWidths Repeat(int width, int layers) => new(Enumerable.Repeat(width, layers));

    /// <summary>Reads <c>1000x5</c>, <c>500,300</c>, <c>100</c> or <c>none</c>; returns null for any other text.</summary>
    public static HiddenWidths? Find(string? text)
    {
        if (text is null)
            return null;
        if (text == NoLayer)
            return new([]);
        if (text.Split('x') is [var width, var depth])
            return Number(width, MostUnits) is { } units && Number(depth, MostLayers) is { } layers ? Repeat(units, layers) : null;
        var parts = text.Split(',', StringSplitOptions.TrimEntries).Select(part => Number(part, MostUnits)).ToList();
        return parts.Count <= MostLayers && parts.TrueForAll(part => part is not null) ? new(parts.Select(part => part!.Value)) : null;
    }

    /// <inheritdoc/>
    public bool Equals(HiddenWidths? other) => other is not null && widths.AsSpan().SequenceEqual(other.widths);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HiddenWidths);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var width in widths)
            hash.Add(width);
        return hash.ToHashCode();
    }

    /// <summary>The one spelling of these widths: <c>1000x5</c> (<c>1000x1</c> for one layer), <c>500,300</c> or <c>none</c>.</summary>
    public override string ToString() => widths.Length == 0 ? NoLayer
        : Shared is { } width ? string.Create(CultureInfo.InvariantCulture, $"{width}x{widths.Length}") : string.Join(',', widths);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)widths).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>True if both hold the same widths, or both are null.</summary>
    public static bool operator ==(HiddenWidths? left, HiddenWidths? right) => left is null ? right is null : left.Equals(right);

    /// <summary>True if they hold different widths.</summary>
    public static bool operator !=(HiddenWidths? left, HiddenWidths? right) => !(left == right);

    private static int? Number(string text, int largest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= largest ? number : null;
}
