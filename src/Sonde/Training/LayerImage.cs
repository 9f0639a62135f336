using Sonde.Data;
using Sonde.Numerics.Checks;

namespace Sonde.Training;

/// <summary>An image of what a layer has learned, in the shape of an input.</summary>
/// <param name="Update">Updates done; below 0 before the first supervised one.</param>
/// <param name="Layer">1 for the first hidden layer.</param>
/// <param name="Quantity">A name of <see cref="ImageQuantity"/>.</param>
/// <param name="Index">Which example or unit, from 0.</param>
/// <param name="Shape">Channels, height and width.</param>
/// <param name="Values">[channels, height, width], row major.</param>
public sealed record LayerImage(long Update, int Layer, string Quantity, int Index, ImageShape Shape, double[] Values)
{
    /// <summary>A name of <see cref="ImageQuantity"/>.</summary>
    public string Quantity { get; init => field = Given.NotNull(value, nameof(Quantity)); } = Given.NotNull(Quantity, nameof(Quantity));

    /// <summary>Channels, height and width.</summary>
    public ImageShape Shape { get; init => field = Given.NotNull(value, nameof(Shape)); } = Given.NotNull(Shape, nameof(Shape));

    /// <summary>[channels, height, width], row major.</summary>
    public double[] Values { get; init => field = Given.NotNull(value, nameof(Values)); } = Given.NotNull(Values, nameof(Values));
}

/// <summary>The names of what images show, as records have them.</summary>
public static class ImageQuantity
{
    /// <summary>An example, unchanged.</summary>
    public const string Clean = "clean";

    /// <summary>The example as the layer's autoencoder receives it.</summary>
    public const string Corrupted = "corrupted";

    /// <summary>The layer's autoencoder's reconstruction of the corrupted example.</summary>
    public const string Denoised = "denoised";

    /// <summary>The clean example's activations in this layer, decoded layer by layer down to the input.</summary>
    public const string Reconstruction = "reconstruction";

    /// <summary>The weights of one unit.</summary>
    public const string Filter = "filter";
}
