using System.Globalization;
using Sonde.Numerics.Checks;

namespace Sonde.Networks;

/// <summary>A hidden layer as a study file writes it: <c>512 relu he</c>. What it does not say, the network says for all layers.</summary>
/// <param name="Units">Units of the layer.</param>
public sealed record HiddenLayer(int Units)
{
    private const string Frozen = "frozen";

    /// <summary>Units of the layer.</summary>
    public int Units { get; init => field = Given.AtLeast(1, value, nameof(Units)); } = Given.AtLeast(1, Units, nameof(Units));

    /// <summary>Its non-linearity; null for that of the network.</summary>
    public Activation? Activation { get; init; }

    /// <summary>The rule by which its weights start; null for that of the network.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>The share of its activations that an update leaves out, 0 or more and below 1.</summary>
    public double Dropout
    {
        get;
        init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(Dropout), value, $"Expected a share from 0 up to 1, got {value}. Correct it, as in dropout(0.5).");
    }

    /// <summary>True if its weights and biases stay as they start.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>True if it says no more than its number of units.</summary>
    public bool IsPlain => Activation is null && Initializer is null && Dropout == 0 && !IsFrozen;

    /// <inheritdoc/>
    public bool Equals(HiddenLayer? other) => other is not null && (Units, Words) == (other.Units, other.Words);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Units, Words);

    private string? DropoutWord => Dropout == 0 ? null : Line($"dropout({Dropout})");

    private string Words =>
        string.Concat(((string?[])[Activation?.Name, Initializer?.Name, DropoutWord, IsFrozen ? Frozen : null]).OfType<string>().Select(word => $" {word}"));

    /// <summary>Writes layers in the one spelling that study files have: <c>1000x5</c>, <c>500,300</c> or <c>512 relu he, 64x3 tanh</c>; empty for no
    /// layer.</summary>
    public static string TextOf(IReadOnlyList<HiddenLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.All(layer => layer.IsPlain))
            return layers.Count > 0 && layers.All(layer => layer.Units == layers[0].Units) ? Line($"{layers[0].Units}x{layers.Count}")
                : string.Join(',', layers.Select(layer => Line($"{layer.Units}")));
        var groups = new List<(HiddenLayer Layer, int Count)>();
        foreach (var layer in layers)
            if (groups.Count > 0 && groups[^1].Layer == layer)
                groups[^1] = (layer, groups[^1].Count + 1);
            else
                groups.Add((layer, 1));
        return string.Join(", ", groups.Select(group => Line($"{group.Layer.Units}{(group.Count > 1 ? $"x{group.Count}" : "")}{group.Layer.Words}")));
    }

    /// <summary>Reads layers as study files write them: <c>1000x5</c>, <c>500, 300</c> or <c>512 relu he, 64x3 tanh</c>; returns null for any other
    /// text.</summary>
    /// <param name="text">Groups with commas between them: units, maybe <c>x</c> and how many such layers, then an activation, an
    /// initializer, dropout and <c>frozen</c>, each at most once, in any order.</param>
    /// <param name="most">The most layers.</param>
    public static IReadOnlyList<HiddenLayer>? Find(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        var layers = new List<HiddenLayer>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (FindGroup(part) is not { } group || group.Count > most - layers.Count)
                return null;
            layers.AddRange(Enumerable.Repeat(group.Layer, group.Count));
        }
        return layers;
    }

    private static (HiddenLayer Layer, int Count)? FindGroup(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || FindSize(words[0]) is not var (units, count))
            return null;
        var layer = new HiddenLayer(units);
        foreach (var word in words.Skip(1))
        {
            if (layer.Activation is null && ActivationList.Find(word) is { } activation)
                layer = layer with { Activation = activation };
            else if (layer.Initializer is null && InitializerList.Find(word) is { } initializer)
                layer = layer with { Initializer = initializer };
            else if (!layer.IsFrozen && word == Frozen)
                layer = layer with { IsFrozen = true };
            else if (layer.Dropout == 0 && FindDropout(word) is { } dropout)
                layer = layer with { Dropout = dropout };
            else
                return null;
        }
        return (layer, count);
    }

    private static (int Units, int Count)? FindSize(string text) => text.Split('x') switch
    {
        [var width] when Number(width) is { } units => (units, 1),
        [var width, var depth] when Number(width) is { } units && Number(depth) is { } count => (units, count),
        _ => null,
    };

    private static double? FindDropout(string word) => word.StartsWith("dropout(", StringComparison.Ordinal) && word[^1] == ')'
        && double.TryParse(word.AsSpan(8, word.Length - 9), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1
            ? share : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? number : null;

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
