namespace Sonde.Data;

/// <summary>The shape of one image; a feature vector is one channel of height 1.</summary>
/// <param name="Channels">1 for grey, 3 for colour; channels are stored one after the other.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns, the fastest index.</param>
public sealed record ImageShape(int Channels, int Height, int Width)
{
    /// <summary>The number of values of one example.</summary>
    public int Inputs => Channels * Height * Width;

    /// <inheritdoc/>
    public override string ToString() => Channels == 1 ? $"{Height}x{Width}" : $"{Channels}x{Height}x{Width}";
}
