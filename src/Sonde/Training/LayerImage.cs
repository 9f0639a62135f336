using Sonde.Data;

namespace Sonde.Training;

/// <summary>A picture of what a layer has learned, of the shape of an input.</summary>
/// <param name="Update">Updates done; below 0 before the first supervised one.</param>
/// <param name="Layer">1 for the first hidden layer.</param>
/// <param name="Quantity">A name of <see cref="PictureQuantity"/>.</param>
/// <param name="Index">Which example or unit, from 0.</param>
/// <param name="Shape">Channels, height and width.</param>
/// <param name="Values">[channels, height, width], row major.</param>
public sealed record LayerImage(long Update, int Layer, string Quantity, int Index, ImageShape Shape, double[] Values);

/// <summary>The names of what pictures show, as they stand in records.</summary>
public static class PictureQuantity
{
    /// <summary>An example as it is.</summary>
    public const string Clean = "clean";

    /// <summary>The example as the autoencoder of the layer sees it.</summary>
    public const string Corrupted = "corrupted";

    /// <summary>What the autoencoder of the layer makes of the corrupted example.</summary>
    public const string Denoised = "denoised";

    /// <summary>What decoders make, one after another down to the input, of the layer's activations for the clean example.</summary>
    public const string Reconstruction = "reconstruction";

    /// <summary>The weights of one unit.</summary>
    public const string Filter = "filter";
}
