using Sonde.Numerics.Checks;

namespace Sonde.Data;

/// <summary>The shape of one image; a feature vector is one channel of height 1.</summary>
/// <param name="Channels">1 for grey, 3 for colour; channels are stored one after the other.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns, the fastest index.</param>
public sealed record ImageShape(int Channels, int Height, int Width)
{
    /// <summary>The most values of an example: a colour image of 4096 x 4096. The weights of some forty units fill an array at this size.</summary>
    internal const int MostInputs = 3 * 4096 * 4096;

    /// <summary>1 for grey, 3 for colour; channels are stored one after the other.</summary>
    public int Channels { get; init => field = Given.AtLeast(1, value, nameof(Channels)); } = Given.AtLeast(1, Channels, nameof(Channels));

    /// <summary>Rows.</summary>
    public int Height { get; init => field = Given.AtLeast(1, value, nameof(Height)); } = Given.AtLeast(1, Height, nameof(Height));

    /// <summary>Columns, the fastest index.</summary>
    public int Width { get; init => field = Given.AtLeast(1, value, nameof(Width)); } = Given.AtLeast(1, Width, nameof(Width));

    /// <summary>The number of values of one example.</summary>
    public int Inputs => Channels * Height * Width;

    /// <inheritdoc/>
    public override string ToString() => Channels == 1 ? $"{Height}x{Width}" : $"{Channels}x{Height}x{Width}";
}
